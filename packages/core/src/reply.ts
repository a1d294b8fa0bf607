import { applyChunk } from './apply-chunk.ts'
import type { Chunk } from './chunk.ts'
import { decodeBody } from './decode-body.ts'
import { createMessage, type Message } from './message.ts'
import { wireFormat } from './wire/registry.ts'
import type { DecoderOptions, WireFormat, WireFormatName } from './wire/wire-format.ts'

export interface DecodeReplyOptions extends DecoderOptions {
  readonly wire: WireFormatName | WireFormat
  /** Ends the reply with finish reason `aborted`. */
  readonly signal?: AbortSignal
}

export interface ReadReplyOptions extends DecodeReplyOptions {
  readonly onChunk?: (chunk: Chunk) => void
}

/**
 * The chunks of a reply as they arrive; the last is a `message-end`. Breaking out of the loop cancels the body.
 * @throws {TypeError} at the call, where the wire format is unknown. Never for what the stream says.
 */
export function decodeReply(
  body: ReadableStream<Uint8Array>,
  options: DecodeReplyOptions,
): AsyncGenerator<Chunk, void> {
  const decoder = wireFormat(options.wire).createDecoder(options)
  return flatten(decodeBody(body, decoder, options.signal), options.signal)
}

/**
 * Reads a whole reply. Never rejects for what the stream says: look at `finishReason` and `error`. What had arrived
 * before things went wrong is in the message.
 */
export async function readReply(body: ReadableStream<Uint8Array>, options: ReadReplyOptions): Promise<Message> {
  let message = createMessage({ role: 'assistant', status: 'pending', timing: { startedAt: Date.now() } })
  for await (const chunk of decodeReply(body, options)) {
    options.onChunk?.(chunk)
    message = applyChunk(message, chunk, Date.now())
  }
  return message
}

async function* flatten(
  pieces: AsyncIterable<readonly Chunk[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Chunk, void> {
  for await (const chunks of pieces) {
    for (const chunk of chunks) {
      // What came in one piece is said in several steps, and any of them may be the last that is wanted.
      if (signal?.aborted) return yield { type: 'message-end', finishReason: 'aborted' }
      yield chunk
    }
  }
}
