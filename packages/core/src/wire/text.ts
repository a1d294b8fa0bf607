import type { Chunk } from '../chunk.ts'
import { brokenOff, isCut } from '../errors.ts'
import { bearerHeaders } from './bearer-headers.ts'
import { writeFile } from './openai-chat-file.ts'
import { openaiChatBody } from './openai-chat-request.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * A body that is the answer and nothing else. Such a stream cannot say how it ended, so a clean close is `unknown`,
 * unless `requireFinishReason` is set. The request is that of Chat Completions, sent to the base URL itself.
 */
export const text: WireFormat = {
  name: 'text',
  request: (request, target) => ({
    url: target.baseURL,
    headers: bearerHeaders(request, target),
    body: openaiChatBody(request, writeFile),
  }),
  createDecoder({ requireFinishReason = false } = {}) {
    const utf8 = new TextDecoder()
    const toChunks = (piece: string): Chunk[] => (piece ? [{ type: 'text-delta', text: piece }] : [])
    return {
      push: (bytes) => toChunks(utf8.decode(bytes, { stream: true })),
      end(lost) {
        // Of a lost connection the half character is not shown: it would be a replacement mark.
        if (!lost && !requireFinishReason)
          return [...toChunks(utf8.decode()), { type: 'message-end', finishReason: 'unknown' }]
        const error = brokenOff(lost?.cause)
        return [
          { type: 'error', error },
          { type: 'message-end', finishReason: isCut(error) ? 'incomplete' : 'error' },
        ]
      },
    }
  },
}
