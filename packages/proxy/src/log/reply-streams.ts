import type { ProxyError } from '../errors.ts'

/**
 * A reply on its way from the upstream, as events. Whoever makes one sees to everything below an event: bytes to text,
 * framing, redaction, timeouts, and what to say where the upstream breaks off.
 */
export interface ReplySource {
  /**
   * The next events, as many as have arrived; nothing after the last. Not called again before it has answered. Each is
   * whole: lines that end in `\n`, then one blank line; no comment, and no `id` of the upstream's. Never rejects: a
   * failure is an error event, the last one, and `outcome` is then `error`.
   */
  read(): Promise<readonly string[] | undefined>
  /** How the reply ended. Asked once `read` gave nothing. */
  readonly outcome: 'done' | 'error'
  /** Ends the upstream's work; a read that waits ends with nothing, soon. Again does nothing. */
  cancel(reason: ProxyError): void
}

/** A reply that is about to be asked for. */
export interface ReplyStream {
  /**
   * Answers with the reply: events with ids, comments in between while nothing comes, the name of the stream in
   * `x-stream-id`. With a log the reply goes on when the client leaves; without, the client's leaving cancels the source.
   * @param headers Of the answer, `content-type` included.
   * @param client Aborted when the client is gone. From here on nothing else should act on that.
   */
  answer(source: ReplySource, headers: Headers, client: AbortSignal): Promise<Response>
  /** There will be no reply: the upstream refused. */
  abandon(): void
}

/** Every reply that streams, whether it is kept or not. */
export interface ReplyStreams {
  /**
   * Begins one, before the upstream is asked. With a key that the same owner used before comes the answer that follows
   * the reply of then, and nothing should be asked of the upstream.
   * @param owner Who may resume and stop it; from authentication, the empty text without.
   */
  begin(owner: string, idempotencyKey?: string | null): Promise<ReplyStream | Response>
  /** `GET /v1/streams/:id`: what came after the event in `last-event-id` or `?after=`, and what comes. */
  resume(request: Request, streamId: string, owner: string): Promise<Response>
  /** `POST /v1/streams/:id/cancel`: stops a reply, wherever it is made. */
  cancel(streamId: string, owner: string): Promise<Response>
  /** `DELETE /v1/streams/:id`: stops a reply and forgets it. */
  remove(streamId: string, owner: string): Promise<Response>
  /** Waits for what is still to be kept, and lets go of the log. */
  close(): Promise<void>
}
