import type { WireFormatName } from '@millrace/core'
import { anthropicEndpoint } from './anthropic.ts'
import type { Endpoint } from './endpoint.ts'
import { geminiEndpoint } from './gemini.ts'
import { ollamaEndpoint } from './ollama.ts'
import { openaiChatEndpoint, openaiResponsesEndpoint } from './openai.ts'
import { textEndpoint, uiMessageStreamEndpoint } from './own-route.ts'

/** Every format. OpenAI's list of models is at the address of others too, so it comes last. */
export const endpoints: readonly Endpoint[] = [
  ollamaEndpoint,
  geminiEndpoint,
  anthropicEndpoint,
  openaiChatEndpoint,
  openaiResponsesEndpoint,
  uiMessageStreamEndpoint,
  textEndpoint,
]

/** The one that speaks the format of that name. */
export function endpointOf(name: WireFormatName): Endpoint {
  return endpoints.find(({ encoding }) => encoding.name === name) ?? openaiChatEndpoint
}

/** The one that is asked for a reply there. */
export function findChatEndpoint({ pathname }: URL): Endpoint | undefined {
  return endpoints.find(({ chatPath }) => chatPath?.test(pathname))
}

/** The one that is asked for its models there. */
export function findModelsEndpoint(headers: Headers, url: URL): Endpoint | undefined {
  return endpoints.find((endpoint) => endpoint.listsModels(headers, url))
}
