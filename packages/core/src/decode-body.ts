import type { Chunk } from './chunk.ts'
import type { WireDecoder } from './wire/wire-format.ts'

/**
 * The chunks of a body, network piece by network piece: what arrived together stays together.
 * Ends after a `message-end`. An abort is a connection lost for its reason; whoever aborted is to say more of it. Leaving
 * the loop cancels the body. Never throws for what the stream does.
 */
export async function* decodeBody(
  body: ReadableStream<Uint8Array>,
  decoder: WireDecoder,
  signal?: AbortSignal,
  watchdog?: { waiting(): void; arrived(): void },
): AsyncGenerator<readonly Chunk[], void> {
  const reader = body.getReader()
  // Cancelling settles a read that is pending. Its own failure says nothing that is not known yet.
  const cancel = () => void reader.cancel().catch(() => {})
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    for (;;) {
      let bytes: Uint8Array | undefined
      let lost: { cause: unknown } | undefined
      watchdog?.waiting()
      try {
        if (!signal?.aborted) bytes = (await reader.read()).value
      } catch (cause) {
        lost = { cause }
      }
      watchdog?.arrived()
      if (signal?.aborted) lost = { cause: signal.reason }
      if (!bytes || lost) return yield decoder.end(lost)
      const chunks = decoder.push(bytes)
      if (chunks.length > 0) yield chunks
      if (chunks.at(-1)?.type === 'message-end') return
    }
  } finally {
    signal?.removeEventListener('abort', cancel)
    cancel()
    reader.releaseLock()
  }
}
