import type { ChatError } from './errors.ts'

export type Role = 'system' | 'user' | 'assistant' | 'tool'

/**
 * Why a reply ended. `incomplete` means that the connection closed before the model had said it was finished;
 * `unknown` that the stream ended as the format asks, but named no reason.
 */
export type FinishReason =
  | 'stop'
  | 'length'
  | 'tool-calls'
  | 'content-filter'
  | 'aborted'
  | 'incomplete'
  | 'error'
  | 'unknown'

/** Tokens as the provider counted them. Reasoning tokens may or may not be part of `outputTokens`: providers differ. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly totalTokens: number
  readonly reasoningTokens?: number
  readonly cachedInputTokens?: number
}

/** Moments of one reply, in epoch milliseconds. */
export interface Timing {
  readonly startedAt: number
  /** The response's headers were there. */
  readonly headersAt?: number | undefined
  /** The first text, reasoning, refusal or tool call arrived. */
  readonly firstTokenAt?: number
  readonly lastTokenAt?: number | undefined
  /** How long the model was writing: from each token to the next, without the times when tools ran or nobody asked. */
  readonly writingMs?: number
  /** The longest time between two tokens of that. */
  readonly longestGapMs?: number
  readonly endedAt?: number
}

export interface TextPart {
  readonly type: 'text'
  readonly text: string
  readonly state: 'streaming' | 'done'
}

/** What the model thought before it answered. `signature` has to go back to the provider unchanged. */
export interface ReasoningPart {
  readonly type: 'reasoning'
  readonly text: string
  readonly state: 'streaming' | 'done'
  readonly durationMs?: number
  readonly signature?: string
}

export interface RefusalPart {
  readonly type: 'refusal'
  readonly text: string
  readonly state: 'streaming' | 'done'
}

/**
 * A call of a tool, and its outcome once there is one. `argumentsText` is the JSON as the model wrote it; `input` is
 * that JSON read, there once the call is whole. A call that was cut short stays `input-streaming` and must not be run.
 */
export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly toolCallId: string
  readonly toolName: string
  readonly argumentsText: string
  readonly input?: unknown
  readonly output?: unknown
  readonly errorText?: string
  readonly state: 'input-streaming' | 'input-available' | 'approval-requested' | 'output-available' | 'output-error'
  /** Whether a person has agreed that it is run. */
  readonly approved?: boolean
  /** By this id the server that runs it asks whether it may: it is told so with the next request. */
  readonly approvalId?: string
  /** The provider runs this tool itself; it is never executed here. */
  readonly providerExecuted?: boolean | undefined
}

/** A file in or out: `url` to fetch or show it (data URLs included), or its bytes in `data` as base64. */
export interface FilePart {
  readonly type: 'file'
  /** An IANA media type, `image/png` say. */
  readonly mediaType: string
  readonly url?: string
  readonly data?: string
  readonly name?: string
}

/** A page that the answer refers to. */
export interface SourcePart {
  readonly type: 'source'
  readonly url: string
  readonly title?: string
  readonly id?: string
}

/** Anything an application or its server sends along with a message. It is kept, and never sent to a provider. */
export interface DataPart {
  readonly type: 'data'
  readonly name: string
  readonly data: unknown
  /** Of two with the same name and id, which a server sends one after the other, only the later is kept. */
  readonly id?: string
}

export type Part = TextPart | ReasoningPart | RefusalPart | ToolCallPart | FilePart | SourcePart | DataPart

/** One turn by one role. A message is never mutated: what changes is a new object, what does not keeps its identity. */
export interface Message {
  /** Never changes once the message is in a thread. */
  readonly id: string
  readonly role: Role
  readonly parts: readonly Part[]
  /** The text parts, joined. */
  readonly content: string
  readonly status: 'pending' | 'streaming' | 'done'
  /** There once `status` is `done`, on replies. */
  readonly finishReason?: FinishReason
  /** There with the finish reasons `error` and `incomplete`. */
  readonly error?: ChatError
  readonly model?: string
  readonly usage?: Usage
  /** Some of it was written without being counted, before a stop say: it used at least what `usage` says. */
  readonly usageIsPartial?: boolean
  readonly timing?: Timing
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** What it takes to make a message: a role, and text or parts; all else has a default. */
export interface MessageInit extends Partial<Omit<Message, 'content'>> {
  readonly role: Role
  /** Shorthand for a single text part, put before `parts`. */
  readonly content?: string
}

/** A random id. Unlike `crypto.randomUUID` it also works on pages that are not a secure context; it is no secret. */
export function createId(): string {
  return Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2)
}

/** Fills in what is missing: an id, the time, `status: 'done'`, and `content` from the text parts. */
export function createMessage({ content, ...init }: MessageInit): Message {
  const text: Part[] = content ? [{ type: 'text', text: content, state: 'done' }] : []
  const parts = [...text, ...(init.parts ?? [])]
  return { id: createId(), status: 'done', createdAt: Date.now(), ...init, parts, content: textOf(parts) }
}

/** The text parts, joined with nothing between them; or the parts of a thought. */
export function textOf(parts: readonly Part[], type: 'text' | 'reasoning' = 'text'): string {
  let text = ''
  for (const part of parts) if (part.type === type) text += part.text
  return text
}
