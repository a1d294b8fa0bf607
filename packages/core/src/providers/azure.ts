import { isObject } from '../json.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import type { WireFormat } from '../wire/wire-format.ts'
import type { Model, Provider } from './provider.ts'

export interface AzureOptions {
  /** The first part of the host: `https://<resource>.openai.azure.com`. */
  readonly resource: string
  /** What answers: the name it was given when it was deployed. */
  readonly deployment: string
  /** Default `2024-10-21`. */
  readonly apiVersion?: string
  /** The model behind the deployment, for its name and price; its id is not used. */
  readonly model?: Pick<Model, 'name' | 'price'>
}

/**
 * A deployment on Azure OpenAI: Chat Completions at an address of its own, the key in the header `api-key`. Browsers: its
 * answers allow every origin.
 */
export function azure({ resource, deployment, apiVersion = '2024-10-21', model }: AzureOptions): Provider {
  const query = `?api-version=${encodeURIComponent(apiVersion)}`
  const models: readonly Model[] = [{ name: deployment, ...model, id: deployment }]
  const wire: WireFormat = {
    ...openaiChat,
    request(request, { baseURL, apiKey }) {
      const headers = { ...(apiKey && { 'api-key': apiKey }), ...request.headers }
      const { url, ...rest } = openaiChat.request({ ...request, headers }, { baseURL })
      return { ...rest, url: url + query }
    },
  }
  return {
    id: 'azure',
    name: 'Azure OpenAI',
    baseURL: `https://${encodeURIComponent(resource)}.openai.azure.com/openai/deployments/${encodeURIComponent(deployment)}`,
    wire,
    models,
    browserAccess: 'yes',
    modelsEndpoint: {
      // The resource lists all that could be deployed. Only the deployment can be asked, so the list proves the key alone.
      url: (baseURL) => `${baseURL.replace(/\/deployments\/[^/]+$/, '')}/models${query}`,
      read: (answer) => (isObject(answer) && Array.isArray(answer.data) ? { models } : undefined),
    },
  }
}
