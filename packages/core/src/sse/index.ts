export { createSseDecoder, type ServerSentEvent, type SseDecoder, type SseDecoderOptions } from './decode-sse.ts'
export { encodeSse } from './encode-sse.ts'
