import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WireFormatName } from '../wire/wire-format.ts'

/** Streams that real providers sent. They are not ours to publish, so they lie outside the project, where they lie at all. */
const shared = process.env.MILLRACE_SHARED ?? fileURLToPath(new URL('../../../../../shared', import.meta.url))

const wire = `${shared}/fixtures/wire`
const framing = `${shared}/fixtures/sse/cases.json`
const refusals = `${wire}/pre-stream-errors.json`

export const hasRecordings = existsSync(wire) && existsSync(framing)

/** Ends the name of a test that is skipped for want of them. */
export const orWhyNot = hasRecordings ? '' : ' (skipped: the recordings are not here, set MILLRACE_SHARED)'

export interface ExpectedReply {
  readonly format: WireFormatName
  readonly text: string
  readonly reasoning: string
  readonly refusal?: string
  readonly toolCalls: readonly { readonly id: string | null; readonly name: string; readonly arguments: string }[]
  readonly citations?: readonly string[]
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

/** All recorded streams, with what a correct decoder ends up with; none where they are not here. */
export function recordedStreams(): Recording[] {
  if (!hasRecordings) return []
  return readdirSync(wire).flatMap((file) => {
    const [name = '', extension] = file.split(/\.(?=sse$|ndjson$)/)
    if (!extension) return []
    const expected: ExpectedReply = readJson(`${wire}/${name}.expected.json`)
    return [{ name, expected, bytes: new Uint8Array(readFileSync(`${wire}/${file}`)) }]
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
