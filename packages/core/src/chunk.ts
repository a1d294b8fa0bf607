import type { ChatError } from './errors.ts'
import type { FinishReason, Usage } from './message.ts'

/**
 * One thing that a reply stream says. Every stream ends in exactly one `message-end`, whatever went wrong; an `error`
 * comes before it. Deltas hold only what is new.
 */
export type Chunk =
  /** Who answers, and what a server says of the reply. May come again; `metadata` goes over what is there, key by key. */
  | {
      readonly type: 'message-start'
      readonly responseId?: string
      readonly model?: string
      readonly metadata?: Readonly<Record<string, unknown>>
    }
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
  /**
   * The call is whole. A call without this was cut short and must not be run. With `approvalId` its server runs it, once a
   * person has agreed.
   */
  | { readonly type: 'tool-call-end'; readonly toolCallId: string; readonly approvalId?: string }
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
  /** Of the server's own. One with the same name and id takes the place of the one before; a transient one is only told. */
  | {
      readonly type: 'data'
      readonly name: string
      readonly data: unknown
      readonly id?: string
      readonly transient?: true
    }
  /** What the reply has cost so far; a later one replaces it. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'error'; readonly error: ChatError }
  | { readonly type: 'message-end'; readonly finishReason: FinishReason }

/** Whether a chunk carries something the model said. A reply that has said something is never asked for again. */
export function isToken({ type }: Chunk): boolean {
  return !/^(message|usage|error)|-end$/.test(type)
}
