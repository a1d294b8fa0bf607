import type { WireFormatName } from '@millrace/core'
import { anthropicEncoding } from './anthropic.ts'
import { geminiEncoding } from './gemini.ts'
import { ollamaEncoding } from './ollama.ts'
import { openaiChatEncoding } from './openai-chat.ts'
import { openaiResponsesEncoding } from './openai-responses.ts'
import { textEncoding } from './text.ts'
import { uiMessageStreamEncoding } from './ui-message-stream.ts'
import type { WireEncoding } from './wire-encoder.ts'

/** Every format there is an encoder for. */
export const encodings: Readonly<Record<WireFormatName, WireEncoding>> = {
  'openai-chat': openaiChatEncoding,
  'openai-responses': openaiResponsesEncoding,
  anthropic: anthropicEncoding,
  gemini: geminiEncoding,
  ollama: ollamaEncoding,
  'ui-message-stream': uiMessageStreamEncoding,
  text: textEncoding,
}
