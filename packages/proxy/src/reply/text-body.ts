/** Text to send, a piece at a time. */
export interface TextBody {
  /**
   * The next piece; nothing at the end. Not called again before it has answered. Rejects where the text breaks off.
   * @param remark Called with what may be said, or left out, while nothing comes.
   */
  read(remark: (text: string) => void): Promise<string | undefined>
  /** Nobody is there any more. After the end it does nothing. */
  cancel(): void
}

const bodies = new WeakMap<ReadableStream, TextBody>()
const utf8 = new TextEncoder()

/** A text body as a web stream. */
export function streamOfBody(body: TextBody): ReadableStream<Uint8Array<ArrayBuffer>> {
  let remark = (_text: string) => {}
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        remark = (text) => {
          // Who has not even read the last one needs no other.
          if (controller.desiredSize === 0) controller.enqueue(utf8.encode(text))
        }
      },
      async pull(controller) {
        const text = await body.read(remark)
        if (text === undefined) controller.close()
        else controller.enqueue(utf8.encode(text))
      },
      cancel: () => body.cancel(),
    },
    // No reading ahead: a client that pauses pauses the upstream.
    { highWaterMark: 0 },
  )
  bodies.set(stream, body)
  return stream
}

/** What a stream was made of, unless that is being read. To read it itself spares the stream, and half of what a piece costs. */
export function bodyOfStream(stream: ReadableStream | null): TextBody | undefined {
  return stream && !stream.locked ? bodies.get(stream) : undefined
}
