import type {
  ChatError,
  Chunk,
  Cost,
  FileSource,
  FinishReason,
  Message,
  MessageInit,
  Provider,
  Resume,
  RetryOptions,
  Thread,
  Timeouts,
  Timing,
  Usage,
  WireFormat,
} from '@millrace/core'
import type { Attachments } from './attachments.ts'
import type { Persistence } from './chat.ts'
import type { ChatMessage, ChatToolCall, ChatTypes, SentMetadata } from './chat-types.ts'
import type { Tools } from './tool.ts'

/**
 * When what arrived becomes state: once per frame, with every chunk, or every so many milliseconds. The first
 * token and the end of a reply never wait.
 */
export type Pace = 'frame' | 'chunk' | { readonly everyMs: number }

/** What becomes of a message sent while a reply is on its way: it waits, it ends that reply, or it is refused. */
export type WhenBusy = 'queue' | 'interrupt' | 'reject'

/** How a reply ended, all in one. */
export interface FinishEvent<Types extends ChatTypes = ChatTypes> {
  readonly message: ChatMessage<Types>
  readonly messages: readonly ChatMessage<Types>[]
  readonly finishReason: FinishReason
  /** It was stopped. */
  readonly isAbort: boolean
  /** It failed or broke off: see `message.error`. */
  readonly isError: boolean
  /** The connection was the reason, not the model. */
  readonly isDisconnect: boolean
  readonly usage: Usage | undefined
  /** Undefined where usage or price is not known. */
  readonly cost: Cost | undefined
  readonly timing: Timing | undefined
}

export interface ChatOptions<Types extends ChatTypes = ChatTypes> {
  /** Names the chat. Another id on a later render is another chat. */
  readonly id?: string | undefined
  /** Who answers. Default `holysheep`. */
  readonly provider?: Provider | undefined
  /** An OpenAI-compatible server other than the provider's own: an `http(s)` URL, or a path on the page's origin. */
  readonly baseURL?: string | undefined
  /** A wire format other than the provider's own. */
  readonly wire?: WireFormat | undefined
  /** Default: the provider's first model. */
  readonly model?: string | undefined
  /** Seen by everyone who uses the page: in production leave it out and point `baseURL` at a proxy. */
  readonly apiKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Merged over the request's body; a key set to `undefined` is left out. */
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Instructions put before the messages. */
  readonly system?: string | undefined
  /** What the thread starts with. */
  readonly messages?: readonly (Message | MessageInit)[] | undefined
  /** The same with its branches, as a chat's state has it. Goes before `messages`. */
  readonly thread?: Thread | undefined
  /**
   * Saves the thread under the chat's id, and shows what was saved once the component is mounted. Make it with
   * `createThreads` outside the component. A chat made by `createChat` is connected with `threads.connect(chat)`.
   */
  readonly persist?: Persistence | undefined
  /**
   * Reads the files of a message: `attachments()` takes File, Blob and URL, and brings the default provider what it needs to
   * send more than images. Without it they have to be parts already, and images unless `provider` or `wire` is given.
   */
  readonly attachments?: Attachments | undefined
  /** What the model may call, by name. What it may run by itself is run here, and the model asked on. */
  readonly tools?: Tools | undefined
  /** How many requests one reply may take because of its tools. Default 8. */
  readonly maxSteps?: number | undefined
  readonly timeouts?: Timeouts | undefined
  readonly retry?: RetryOptions | undefined
  /**
   * `resumable()` takes a lost connection up again where the server keeps its streams; else the reply is `incomplete`. After
   * a reload `resumeReply` does, or `createThreads({ resume: resumeReply })` by itself.
   */
  readonly resume?: Resume | undefined
  /** See `DecoderOptions`: `false` for servers that say neither why nor that they are done. */
  readonly requireFinishReason?: boolean | undefined
  /** See `DecoderOptions`: the longest event that is read. */
  readonly maxEventLength?: number | undefined
  /** Default `frame`. */
  readonly pace?: Pace | undefined
  /** Default `queue`. */
  readonly whenBusy?: WhenBusy | undefined
  /** Every chunk, as it arrives. */
  readonly onChunk?: ((chunk: Chunk) => void) | undefined
  /** A reply has ended, however it did. A message that was taken back before it was sent has none. */
  readonly onFinish?: ((event: FinishEvent<Types>) => void) | undefined
  /** A reply failed or broke off. */
  readonly onError?: ((error: ChatError, message: ChatMessage<Types>) => void) | undefined
  /** The model calls a tool. Those that are not run here wait for `addToolOutput`. */
  readonly onToolCall?: ((event: { readonly toolCall: ChatToolCall<Types> }) => void) | undefined
}

/** What to send: text, or text with files and whatever the application wants to keep with it. */
export type SendInput<Types extends ChatTypes = ChatTypes> =
  | string
  | {
      readonly text: string
      /** What a person attaches: see the option `attachments`. */
      readonly files?: readonly FileSource[] | undefined
      readonly metadata?: SentMetadata<Types> | undefined
      /** Says it in place of that message, which stays on a branch of its own with all that followed. */
      readonly messageId?: string | undefined
    }

export interface SendOptions {
  readonly model?: string | undefined
  /** Has several models answer at the same time, each on a branch of its own; the first is shown. */
  readonly models?: readonly string[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly whenBusy?: WhenBusy | undefined
}
