export function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** A body that holds these pieces and then closes. */
export function bodyOf(
  ...pieces: readonly (string | Uint8Array<ArrayBuffer>)[]
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? encode(piece) : piece)
      controller.close()
    },
  })
}

export interface ScriptedBody {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>
  send(text: string): void
  close(): void
  /** The connection is lost. Does nothing once the body is over. */
  breakOff(reason?: unknown): void
  readonly isCancelled: () => boolean
  /** How many pieces were asked for. */
  readonly pulls: () => number
}

/** A body that says what the test tells it to, when the test tells it to. */
export function scriptedBody(onCancel: () => void | Promise<void> = () => {}): ScriptedBody {
  let isCancelled = false
  let pulls = 0
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(given) {
        controller = given
      },
      pull() {
        pulls++
      },
      cancel() {
        isCancelled = true
        return onCancel()
      },
    },
    { highWaterMark: 0 },
  )
  return {
    stream,
    send: (text) => controller.enqueue(encode(text)),
    close: () => controller.close(),
    breakOff(reason = new TypeError('terminated')) {
      if (!isCancelled) controller.error(reason)
    },
    isCancelled: () => isCancelled,
    pulls: () => pulls,
  }
}
