import { openaiChat, openaiChatWithImages } from '../wire/openai-chat.ts'
import type { WireFormat } from '../wire/wire-format.ts'
import type { Model, Provider } from './provider.ts'

/** One price for tokens in and out, in US dollars per million. */
function model(id: string, name: string, gateway: number, official: number): Model {
  return {
    id,
    name,
    price: {
      input: gateway,
      output: gateway,
      asOf: '2026-11-22',
      source: 'HolySheep AI article',
      official: { input: official, output: official },
    },
  }
}

/** HolySheep AI, an OpenAI-compatible gateway to the models of several makers. */
export const holysheep: Provider = /* @__PURE__ */ holysheepBy(openaiChat)

/** The same, which of files takes images alone: what a chat has by default, so that only those who send others pay for that. */
export const holysheepWithImages: Provider = /* @__PURE__ */ holysheepBy(openaiChatWithImages)

function holysheepBy(wire: WireFormat): Provider {
  return {
    id: 'holysheep',
    name: 'HolySheep AI',
    baseURL: 'https://api.holysheep.ai/v1',
    wire,
    models: [
      model('gpt-4.1', 'GPT-4.1', 8, 60),
      model('claude-sonnet-4.5', 'Claude Sonnet 4.5', 15, 105),
      model('gemini-2.5-flash', 'Gemini 2.5 Flash', 2.5, 17.5),
      model('deepseek-v3.2', 'DeepSeek V3.2', 0.42, 2.94),
    ],
  }
}
