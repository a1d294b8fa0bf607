import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Streams that real providers sent. They are not ours to publish, so they lie outside the project, where they lie at all. */
const shared = process.env.MILLRACE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url))

const wire = `${shared}/fixtures/wire`
const framing = `${shared}/fixtures/sse/cases.json`
const refusals = `${wire}/pre-stream-errors.json`

export const hasRecordings = existsSync(wire) && existsSync(framing)

/** Ends the name of a test that is skipped for want of them. */
export const orWhyNot = hasRecordings ? '' : ' (skipped: the recordings are not here, set MILLRACE_SHARED)'

export interface ExpectedReply {
  readonly format: string
  readonly text: string
  readonly reasoning: string
  readonly refusal?: string
  readonly toolCalls: readonly { readonly id: string | null; readonly name: string; readonly arguments: string }[]
  readonly finishReason: string | null
  readonly usage: object | null
  readonly model: string | null
  readonly responseId: string | null
  readonly error: { readonly message: string } | null
  readonly parts: readonly { readonly type: string; readonly text?: string }[]
}

export interface Recording {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly expected: ExpectedReply
}

/** All recorded streams of a wire format, with what a correct decoder ends up with; none where they are not here. */
export function recordedStreams(format: string): Recording[] {
  if (!hasRecordings) return []
  const suffix = '.expected.json'
  const names = readdirSync(wire).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []))
  return names.flatMap((name) => {
    const expected: ExpectedReply = readJson(`${wire}/${name}${suffix}`)
    if (expected.format !== format) return []
    return [{ name, expected, bytes: new Uint8Array(readFileSync(`${wire}/${name}.sse`)) }]
  })
}

export interface RecordedRefusal {
  readonly name: string
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
  readonly expected: { readonly message: string; readonly code: string | number | null }
}

export function recordedRefusals(): RecordedRefusal[] {
  return hasRecordings ? readJson(refusals) : []
}

interface Repeated {
  readonly repeat?: number
}

export interface FramingCase {
  readonly name: string
  readonly input_base64?: string
  readonly input_parts?: readonly (Repeated & { readonly base64: string })[]
  readonly events: readonly (Repeated & FramingEvent)[]
  readonly retry: number | null
  readonly lenient_tail?: readonly FramingEvent[]
  readonly splits?: readonly number[]
}

interface FramingEvent {
  readonly type: string
  readonly id: string
  readonly data?: string
  readonly data_parts?: readonly (Repeated & { readonly text: string })[]
}

export function framingCases(): FramingCase[] {
  return hasRecordings ? readJson(framing) : []
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'))
}
