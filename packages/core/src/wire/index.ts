export { openaiChat } from './openai-chat.ts'
export { wireFormat } from './registry.ts'
export { text } from './text.ts'
export type {
  ChatRequest,
  DecoderOptions,
  RequestTarget,
  ToolDefinition,
  WireDecoder,
  WireFormat,
  WireFormatName,
  WireRequest,
} from './wire-format.ts'
