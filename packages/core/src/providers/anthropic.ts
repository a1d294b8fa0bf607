import { asObjects, asText, isObject } from '../json.ts'
import { anthropic as wire } from '../wire/anthropic.ts'
import type { ModelsEndpoint, Price, Provider } from './provider.ts'

/** Pages of up to 1,000, by the id of the last model. */
const modelsEndpoint: ModelsEndpoint = {
  url: (baseURL, next) => `${baseURL}/models?limit=1000${next ? `&after_id=${encodeURIComponent(next)}` : ''}`,
  read(answer) {
    if (!isObject(answer) || !Array.isArray(answer.data)) return undefined
    const models = asObjects(answer.data).flatMap((model) => {
      const id = asText(model.id)
      return id ? [{ id, name: asText(model.display_name) ?? id }] : []
    })
    return { models, next: answer.has_more === true ? asText(answer.last_id) : undefined }
  },
}

const read: Pick<Price, 'asOf' | 'source' | 'cachedInputIsApart'> = {
  asOf: '2026-10-24',
  source: 'platform.claude.com/docs/en/about-claude/pricing',
  cachedInputIsApart: true,
}

/**
 * Anthropic by its Messages API. Browsers: only with the header `anthropic-dangerous-direct-browser-access`, which the
 * wire format sends.
 */
export const anthropic: Provider = {
  id: 'anthropic',
  name: 'Anthropic',
  baseURL: 'https://api.anthropic.com/v1',
  wire,
  browserAccess: 'yes',
  billingURL: 'https://platform.claude.com/settings/billing',
  modelsEndpoint,
  models: [
    {
      id: 'claude-sonnet-5-5',
      name: 'Claude Sonnet 5.5',
      price: { input: 2, cachedInput: 0.1, output: 10, ...read },
    },
    {
      id: 'claude-opus-5-5',
      name: 'Claude Opus 5.5',
      price: { input: 4, cachedInput: 0.2, output: 20, ...read },
    },
    {
      id: 'claude-haiku-5-5',
      name: 'Claude Haiku 5.5',
      price: {
        input: 0.1,
        cachedInput: 0.01,
        output: 0.5,
        longInput: { overTokens: 100_000, input: 0.5, cachedInput: 0.05, output: 2.5 },
        ...read,
      },
    },
  ],
}
