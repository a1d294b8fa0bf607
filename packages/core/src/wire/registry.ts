import { anthropic } from './anthropic.ts'
import { gemini } from './gemini.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'
import { text } from './text.ts'
import { uiMessageStream } from './ui-message-stream.ts'
import type { WireFormat, WireFormatName } from './wire-format.ts'

const formats: readonly WireFormat[] = [openaiChat, openaiResponses, anthropic, gemini, ollama, uiMessageStream, text]

/**
 * The format of that name. Only for those who read names: whoever imports this pays for every format.
 * @throws {TypeError} where there is none.
 */
export function wireFormat(wire: WireFormatName | WireFormat): WireFormat {
  if (typeof wire === 'object') return wire
  const found = formats.find(({ name }) => name === wire)
  if (found) return found
  throw new TypeError(`There is no wire format "${wire}". Known are: ${formats.map(({ name }) => name).join(', ')}.`)
}
