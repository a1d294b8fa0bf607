import { asObjects, asText, isObject } from '../json.ts'
import { gemini as wire } from '../wire/gemini.ts'
import type { ModelsEndpoint, Provider } from './provider.ts'

/** Pages by a token. Names come as `models/…`, and not every model writes text. */
const modelsEndpoint: ModelsEndpoint = {
  url: (baseURL, next) => `${baseURL}/models?pageSize=1000${next ? `&pageToken=${encodeURIComponent(next)}` : ''}`,
  read(answer) {
    if (!isObject(answer) || !Array.isArray(answer.models)) return undefined
    const models = asObjects(answer.models).flatMap((model) => {
      const id = asText(model.name)?.replace(/^models\//, '')
      const methods = model.supportedGenerationMethods
      const canChat = !Array.isArray(methods) || methods.includes('generateContent')
      return id && canChat ? [{ id, name: asText(model.displayName) ?? id }] : []
    })
    return { models, next: asText(answer.nextPageToken) }
  },
}

const source = 'ai.google.dev/gemini-api/docs/pricing'

/** Google's Gemini API. Browsers: Google's own SDK for them calls it directly. */
export const gemini: Provider = {
  id: 'gemini',
  name: 'Google Gemini',
  baseURL: 'https://generativelanguage.googleapis.com/v1beta',
  wire,
  browserAccess: 'yes',
  modelsEndpoint,
  models: [
    {
      id: 'gemini-3.8-flash',
      name: 'Gemini 3.8 Flash',
      price: { input: 0.75, output: 3.75, asOf: '2026-10-07', source, until: '2026-12-31' },
    },
    {
      id: 'gemini-3.5-flash',
      name: 'Gemini 3.5 Flash',
      price: { input: 1.5, output: 9, asOf: '2026-09-20', source },
    },
  ],
}
