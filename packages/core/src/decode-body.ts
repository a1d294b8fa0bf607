import type { Chunk } from './chunk.ts'
import { ChatError } from './errors.ts'
import type { WireDecoder } from './wire/wire-format.ts'

/**
 * The chunks of a body, network piece by network piece: what arrived together stays together.
 * Ends after a `message-end`. An abort ends it with the reason `aborted` and nothing else, unless its reason is a
 * ChatError: then the connection counts as lost. Leaving the loop cancels the body. Never throws for what the stream does.
 */
export async function* decodeBody(
  body: ReadableStream<Uint8Array>,
  decoder: WireDecoder,
  signal?: AbortSignal | null,
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
      if (signal?.aborted) {
        const cause: unknown = signal.reason
        if (!(cause instanceof ChatError)) return yield [{ type: 'message-end', finishReason: 'aborted' }]
        lost = { cause }
      }
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
