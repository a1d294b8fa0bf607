import { describe, expect, it } from 'vitest'
import { azure } from './azure.ts'
import * as exported from './index.ts'
import { mistral } from './mistral.ts'
import { providerById, providers } from './registry.ts'

const request = { model: 'm', messages: [] }
const azureChat = azure({ resource: 'my-team', deployment: 'chat' })

describe('the registry', () => {
  it('knows every provider that is exported, by its id', () => {
    const objects = Object.values(exported).filter((value) => typeof value === 'object' && 'wire' in value)
    expect(new Set(providers)).toEqual(new Set(objects))
    for (const provider of providers) expect(providerById(provider.id)).toBe(provider)
    expect(providerById('nobody')).toBeUndefined()
  })
})

describe.each([...providers, azureChat].map((provider) => [provider.id, provider] as const))('%s', (_, provider) => {
  it('sends the key in a header and nowhere else', () => {
    const { baseURL, wire } = provider
    const { url, headers, body } = wire.request(request, { baseURL, apiKey: 'sk-key' })
    expect(Object.values(headers).join()).toContain('sk-key')
    expect(url + JSON.stringify(body)).not.toContain('sk-key')
    expect(url.startsWith(`${baseURL}/`)).toBe(true)
  })

  it('says of each price when and where it was read', () => {
    for (const { price } of provider.models) {
      if (!price) continue
      expect(price.asOf).toMatch(/^20\d\d-\d\d-\d\d$/)
      expect(price.source).toBeTruthy()
      expect(Math.min(price.input, price.output)).toBeGreaterThan(0)
      expect(price.cachedInput ?? 0).toBeLessThan(price.input)
    }
  })

  it('lists each model once', () => {
    const ids = provider.models.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('azure', () => {
  it('asks the deployment at its address, with the key in a header of its own', () => {
    const { url, headers } = azureChat.wire.request(
      { ...request, headers: { 'x-team': 'a' } },
      { baseURL: azureChat.baseURL, apiKey: 'key' },
    )
    expect(url).toBe('https://my-team.openai.azure.com/openai/deployments/chat/chat/completions?api-version=2024-10-21')
    expect(headers).toEqual({ 'api-key': 'key', 'x-team': 'a' })
  })

  it('knows the model behind the deployment only by what it is told', () => {
    const price = { input: 1, output: 2, asOf: '2026-11-22', source: 'contract' }
    const provider = azure({ resource: 'r', deployment: 'chat', model: { name: 'GPT', price } })
    expect(provider.models).toEqual([{ id: 'chat', name: 'GPT', price }])
  })
})

it('does not ask Mistral for usage, which refuses the question, unless told to', () => {
  const bodyOf = (body?: object) =>
    mistral.wire.request({ ...request, ...(body && { body: { ...body } }) }, { baseURL: mistral.baseURL }).body
  expect(JSON.stringify(bodyOf({ temperature: 0 }))).not.toContain('stream_options')
  expect(bodyOf({ stream_options: {} })).toMatchObject({ stream_options: {} })
})
