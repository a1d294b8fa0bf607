import type { ChatError } from './errors.ts'
import type { FinishReason, Usage } from './message.ts'

/**
 * One thing that a reply stream says. Every stream ends in exactly one `message-end`, whatever went wrong; an `error`
 * comes before it. Deltas hold only what is new.
 */
export type Chunk =
  /** Who answers. May come again when the provider names its model late. */
  | { readonly type: 'message-start'; readonly responseId?: string; readonly model?: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly signature?: string }
  | { readonly type: 'refusal-delta'; readonly text: string }
  | {
      readonly type: 'tool-call-start'
      readonly toolCallId: string
      readonly toolName: string
      readonly providerExecuted?: boolean | undefined
    }
  | { readonly type: 'tool-call-delta'; readonly toolCallId: string; readonly argumentsText: string }
  /** The call is whole. A call without this was cut short and must not be run. */
  | { readonly type: 'tool-call-end'; readonly toolCallId: string }
  /** What a tool returned, wherever it ran. */
  | {
      readonly type: 'tool-call-output'
      readonly toolCallId: string
      readonly output?: unknown
      readonly errorText?: string
    }
  | { readonly type: 'source'; readonly url: string; readonly title?: string; readonly id?: string }
  | {
      readonly type: 'file'
      readonly mediaType: string
      readonly url?: string
      readonly data?: string
      readonly name?: string
    }
  /** What the reply has cost so far; a later one replaces it. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'error'; readonly error: ChatError }
  | { readonly type: 'message-end'; readonly finishReason: FinishReason }

/** Whether a chunk carries something the model said. A reply that has said something is never asked for again. */
export function isToken({ type }: Chunk): boolean {
  return !/^(message|usage|error)|-end$/.test(type)
}
