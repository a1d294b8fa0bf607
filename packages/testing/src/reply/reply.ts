import type { FinishReason, Usage } from '@millrace/core'
import type { Pace } from '../body/pace.ts'
import type { RecordedRequest } from '../recorded-request.ts'

/** Text to say: a string is split into token-like deltas, a list is sent as it is, one delta each. */
export type Deltas = string | readonly string[]

/** One thing that a scripted reply does. */
export type Step =
  | { readonly type: 'text'; readonly text: Deltas }
  | { readonly type: 'reasoning'; readonly text: Deltas; readonly signature?: string }
  | { readonly type: 'refusal'; readonly text: Deltas }
  | {
      readonly type: 'tool-call'
      readonly toolName: string
      readonly argumentsText: Deltas
      readonly toolCallId?: string
    }
  | { readonly type: 'source'; readonly url: string; readonly title?: string }
  | { readonly type: 'file'; readonly mediaType: string; readonly url: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'raw'; readonly bytes: string | Uint8Array }

/** A scripted reply. `reply()` makes one; spread it to change the rest: `{ ...reply('Hi'), finishReason: 'length' }`. */
export interface Reply {
  readonly steps: readonly Step[]
  /** Default: `tool-calls` where a tool is called, else `stop`. */
  readonly finishReason?: FinishReason
  /**
   * Default: counted, one token a delta and four characters of the request a token. `null`: the reply never says.
   * In `openai-chat` it is sent only where the request asks, with `stream_options: { include_usage: true }`.
   */
  readonly usage?: Usage | null
  /** Default: the model asked for. */
  readonly model?: string
  /** Goes before the pace of the provider. */
  readonly pace?: Pace
}

/** What a fake provider says: always the same, or decided for each request. A string is its text. */
export type Script = Reply | string | ((request: RecordedRequest) => Reply | string | Promise<Reply | string>)

/** A reply that takes these steps; a string is something to say. */
export function reply(...steps: readonly (Step | string)[]): Reply {
  return { steps: steps.map((step) => (typeof step === 'string' ? say(step) : step)) }
}

/** Says text. */
export function say(text: Deltas): Step {
  return { type: 'text', text }
}

/** Thinks aloud. `signature` is what some providers want back unchanged. */
export function think(text: Deltas, signature?: string): Step {
  return { type: 'reasoning', text, ...(signature && { signature }) }
}

/** Declines to answer. */
export function refuse(text: Deltas): Step {
  return { type: 'refusal', text }
}

/**
 * Calls a tool. A string or list of strings is the arguments as the model writes them, bad JSON included; anything
 * else is written as JSON.
 * @param toolCallId Default: `call_3_1` for the first call of the provider's third request, and so on.
 */
export function callTool(toolName: string, input: unknown = {}, toolCallId?: string): Step {
  const argumentsText = isDeltas(input) ? input : JSON.stringify(input)
  return { type: 'tool-call', toolName, argumentsText, ...(toolCallId && { toolCallId }) }
}

function isDeltas(input: unknown): input is Deltas {
  return typeof input === 'string' || (Array.isArray(input) && input.every((item) => typeof item === 'string'))
}

/** Names a page that the answer refers to. */
export function cite(url: string, title?: string): Step {
  return { type: 'source', url, ...(title && { title }) }
}

/** Says nothing for a while. */
export function pause(ms: number): Step {
  return { type: 'pause', ms }
}

/** Reports usage in the middle of the reply, whether it was asked for or not. */
export function reportUsage(usage: Usage): Step {
  return { type: 'usage', usage }
}

/** Writes bytes or text into the body as they are: a comment, an event of your own, nonsense. */
export function raw(bytes: string | Uint8Array): Step {
  return { type: 'raw', bytes }
}

/** The first request gets the first reply, the second the second, and all after the last one the last again. */
export function inTurn(first: Reply | string, ...others: readonly (Reply | string)[]): Script {
  const waiting = [...others]
  let next = first
  return () => {
    const current = next
    next = waiting.shift() ?? next
    return current
  }
}
