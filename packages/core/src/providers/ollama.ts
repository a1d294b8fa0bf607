import { asObjects, asText, isObject } from '../json.ts'
import { ollama as wire } from '../wire/ollama.ts'
import type { ModelsEndpoint, Provider } from './provider.ts'

const modelsEndpoint: ModelsEndpoint = {
  url: (baseURL) => `${baseURL}/api/tags`,
  read(answer) {
    if (!isObject(answer) || !Array.isArray(answer.models)) return undefined
    const models = asObjects(answer.models).flatMap((model) => {
      const id = asText(model.model) ?? asText(model.name)
      return id ? [{ id, name: asText(model.name) ?? id }] : []
    })
    return { models }
  },
}

/**
 * Ollama on this machine, by its own API. `listModels` tells what is installed. Browsers: pages on localhost; those of
 * other origins once `OLLAMA_ORIGINS` names them.
 */
export const ollama: Provider = {
  id: 'ollama',
  name: 'Ollama',
  baseURL: 'http://localhost:11434',
  wire,
  models: [],
  browserAccess: 'yes',
  modelsEndpoint,
}
