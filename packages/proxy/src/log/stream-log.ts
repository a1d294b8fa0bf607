/** How a stream ended. `lost`: who made it crashed. `overflow`: it grew past what is kept, and cannot be read again. */
export type FinalState = 'done' | 'error' | 'cancelled' | 'lost' | 'overflow'

/** `cancelling`: it was told to stop, and whoever makes it has not done so yet. */
export type StreamState = 'live' | 'cancelling' | FinalState

export interface StreamInfo {
  /** Who may read and stop it; as it was opened with. */
  readonly owner: string
  readonly state: StreamState
  /** The number of its last event that is kept; the first is 1, and 0 says that there is none. */
  readonly lastSeq: number
}

export interface NewStream {
  /** Never used before: one id for one reply. */
  readonly streamId: string
  /** Any text that names a user; the empty one is everybody. */
  readonly owner: string
  /** Called at most once, when somebody wants the stream stopped. `finish('cancelled')` is the answer. */
  readonly onCancel: () => void
  /** Called at most once, when what follows will not be kept any more: it overflowed, or the log lost or gave away the stream. */
  readonly onLost: () => void
}

/** Some events in a row, in the order of their numbers. */
export interface LoggedEvents {
  /** The number of the first. */
  readonly seq: number
  /** Server-sent events as text: whole, without an id, each with the blank line it ends in. */
  readonly events: readonly string[]
}

/**
 * Keeps what streams say, so that who lost a stream can read it again from any event on. Events are numbered from 1 in
 * the order they are appended, without gaps. All methods that answer reject with a `LogUnavailable` where the log
 * cannot be reached; what a writer is given never fails.
 */
export interface StreamLog {
  /** Begins a stream. Of several who open the same, one gets a writer, and the others nothing. */
  open(stream: NewStream): Promise<StreamWriter | undefined>
  /** Nothing for a stream that never was or is forgotten. */
  find(streamId: string): Promise<StreamInfo | undefined>
  /**
   * What comes after an event: what is kept at once, the rest as it is appended, until the stream is over or the signal
   * aborted. Nothing is left out or told twice.
   * @throws {StreamGone} where the stream is not, or no longer, kept.
   */
  follow(streamId: string, after: number, signal: AbortSignal): AsyncIterable<LoggedEvents>
  /** Asks whoever makes the stream to stop, wherever that is. Returns what has become of it; nothing for an unknown stream. */
  cancel(streamId: string): Promise<StreamState | undefined>
  /** Forgets a stream and all it said. */
  remove(streamId: string): Promise<void>
  /** Lets go of connections and timers. Streams that are not finished stay as they are. */
  close(): Promise<void>
}

/** The one who makes a stream. */
export interface StreamWriter {
  /** Takes the next events and does not wait for them to be kept. */
  append(events: readonly string[]): void
  /** Says how it ended. Resolves once that is kept, or will not be; never rejects. Whatever is appended later is dropped. */
  finish(state: 'done' | 'error' | 'cancelled'): Promise<void>
  /** Whether anybody followed the stream within the last so many milliseconds; from any replica. */
  wasReadWithin(ms: number): Promise<boolean>
}

/** The log cannot be reached now. Trying later may help. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable'
}

/** The stream is not kept. */
export class StreamGone extends Error {
  override readonly name = 'StreamGone'
}
