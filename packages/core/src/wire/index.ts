export { anthropic } from './anthropic.ts'
export { gemini } from './gemini.ts'
export { ollama } from './ollama.ts'
export { openaiChat } from './openai-chat.ts'
export { openaiResponses } from './openai-responses.ts'
export { wireFormat } from './registry.ts'
export { text } from './text.ts'
export { withThinkTags } from './think-tags.ts'
export { uiMessageStream } from './ui-message-stream.ts'
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
