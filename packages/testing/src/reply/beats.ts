import { type Chunk, isToken, type Usage } from '@millrace/core'
import type { Deltas, Reply, Step } from './reply.ts'
import { splitTokens } from './tokens.ts'

/** What a streamed reply does next, before a wire format spells it. */
export type Beat =
  | { readonly type: 'chunk'; readonly chunk: Chunk }
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'raw'; readonly bytes: string | Uint8Array }
  /** Silence until the client leaves. */
  | { readonly type: 'hang' }

/** What a reply takes from its request. */
export interface BeatOptions {
  /** Of the request: makes ids that are the same in every run, and different within one. */
  readonly number: number
  readonly responseId: string
  readonly model: string
  readonly inputTokens: number
  /** Whether the client asked for usage. */
  readonly includeUsage: boolean
  /** Whether the reply begins with what it has used before it says anything. */
  readonly reportUsageFirst?: boolean
}

/** Everything the reply does, from its `message-start` to its `message-end`. */
export function toBeats(reply: Reply, options: BeatOptions): Beat[] {
  const { number, responseId, model, inputTokens, includeUsage, reportUsageFirst } = options
  const steps = reply.steps.flatMap((step, index) => stepBeats(step, callId(reply, index, number)))
  const usage = reply.usage === undefined ? countUsage(steps, inputTokens) : reply.usage
  const calls = reply.steps.filter((step) => step.type === 'tool-call').length
  return [
    chunk({ type: 'message-start', responseId, model: reply.model ?? model }),
    ...(usage && includeUsage && reportUsageFirst ? [chunk({ type: 'usage', usage: firstUsage(usage) })] : []),
    ...steps,
    ...(usage && includeUsage ? [chunk({ type: 'usage', usage })] : []),
    chunk({ type: 'message-end', finishReason: reply.finishReason ?? (calls > 0 ? 'tool-calls' : 'stop') }),
  ]
}

/** The chunks among the beats. */
export function chunksOf(beats: readonly Beat[]): Chunk[] {
  return beats.flatMap((beat) => (beat.type === 'chunk' ? beat.chunk : []))
}

/** Whether a beat says something the model said. */
export function isTokenBeat(beat: Beat): boolean {
  return beat.type === 'chunk' && isToken(beat.chunk)
}

function callId({ steps }: Reply, index: number, number: number): string {
  const callsBefore = steps.slice(0, index).filter(({ type }) => type === 'tool-call').length
  return `call_${number}_${callsBefore + 1}`
}

function stepBeats(step: Step, callId: string): Beat[] {
  switch (step.type) {
    case 'text':
      return deltas(step.text).map((text) => chunk({ type: 'text-delta', text }))
    case 'reasoning':
      return reasoningBeats(step)
    case 'refusal':
      return deltas(step.text).map((text) => chunk({ type: 'refusal-delta', text }))
    case 'tool-call':
      return toolCallBeats(step, step.toolCallId ?? callId)
    case 'source':
    case 'file':
    case 'usage':
      return [chunk(step)]
    case 'pause':
    case 'raw':
      return [step]
  }
}

/** The signature comes last, in a delta without text. */
function reasoningBeats({ text, signature }: Extract<Step, { type: 'reasoning' }>): Beat[] {
  const beats = deltas(text).map((piece) => chunk({ type: 'reasoning-delta', text: piece }))
  return signature ? [...beats, chunk({ type: 'reasoning-delta', text: '', signature })] : beats
}

function toolCallBeats({ toolName, argumentsText }: Extract<Step, { type: 'tool-call' }>, toolCallId: string): Beat[] {
  return [
    chunk({ type: 'tool-call-start', toolCallId, toolName }),
    ...deltas(argumentsText).map((text) => chunk({ type: 'tool-call-delta', toolCallId, argumentsText: text })),
    chunk({ type: 'tool-call-end', toolCallId }),
  ]
}

function countUsage(beats: readonly Beat[], inputTokens: number): Usage {
  let outputTokens = 0
  let reasoningTokens = 0
  for (const { type } of chunksOf(beats)) {
    if (type.endsWith('-delta')) outputTokens++
    if (type === 'reasoning-delta') reasoningTokens++
  }
  const totalTokens = inputTokens + outputTokens
  return { inputTokens, outputTokens, totalTokens, ...(reasoningTokens > 0 && { reasoningTokens }) }
}

/** The input is read by then, and the first token made. */
function firstUsage({ inputTokens, cachedInputTokens }: Usage): Usage {
  const cached = cachedInputTokens === undefined ? {} : { cachedInputTokens }
  return { inputTokens, outputTokens: 1, totalTokens: inputTokens + 1, ...cached }
}

function chunk(value: Chunk): Beat {
  return { type: 'chunk', chunk: value }
}

function deltas(text: Deltas): readonly string[] {
  return typeof text === 'string' ? splitTokens(text) : text
}
