/** Reads a body piece by piece. */
export interface ByteReader {
  /** The next bytes, nothing at the end. Not called again before it has answered. Rejects where the body breaks off. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Nothing more is wanted. A read that waits ends with nothing. */
  cancel(): void
}

const readers = new WeakMap<ReadableStream, ByteReader>()

/** A body that reads as its reader does. Whoever knows of readers gets this one back. */
export function bodyOfReader(reader: ByteReader): ReadableStream<Uint8Array<ArrayBuffer>> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const bytes = await reader.read()
        if (bytes) controller.enqueue(bytes)
        else controller.close()
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  )
  readers.set(body, reader)
  return body
}

/** The body's own reader, which costs a fraction of what a web stream does for each piece; any other body's is made. */
export function readerOfBody(body: ReadableStream<Uint8Array<ArrayBuffer>>): ByteReader {
  const own = readers.get(body)
  if (own && !body.locked) return own
  const reader = body.getReader()
  return {
    read: async () => (await reader.read()).value,
    cancel: () => void reader.cancel().catch(() => {}),
  }
}
