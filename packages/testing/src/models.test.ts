import { listModels } from '@millrace/core'
import { anthropic, gemini, ollama, openai } from '@millrace/core/providers'
import { expect, it } from 'vitest'
import { createFakeProvider } from './fake-provider.ts'

const models = Array.from({ length: 45 }, (_, index) => `model-${index + 1}`)
const { fetch } = createFakeProvider({ models, apiKey: 'sk-right' })
const jsonAt = async (path: string, headers: Record<string, string> = {}) => (await fetch(path, { headers })).json()

it.each([
  ['OpenAI', openai, 'http://fake-provider/v1'],
  ['Anthropic', anthropic, 'http://fake-provider/v1'],
  ['Gemini', gemini, 'http://fake-provider/v1beta'],
  ['Gemini at another path', gemini, 'http://fake-provider/v1'],
  ['Ollama', ollama, 'http://fake-provider'],
] as const)('lists its models as %s does', async (_, provider, baseURL) => {
  const listed = await listModels({ ...provider, baseURL }, { fetch, apiKey: 'sk-right' })
  expect(listed.map(({ id }) => id)).toEqual(models)
})

it('lists in pages as Anthropic does', async () => {
  const headers = { 'anthropic-version': '2023-06-01', 'x-api-key': 'sk-right' }
  const first = await jsonAt('/v1/models', headers)
  expect(first).toMatchObject({ has_more: true, first_id: 'model-1', last_id: 'model-20' })
  const last = await jsonAt('/v1/models?limit=30&after_id=model-20', headers)
  expect(last).toMatchObject({ has_more: false, first_id: 'model-21', last_id: 'model-45' })
})

it('lists in pages as Gemini does', async () => {
  const first = await jsonAt('/v1beta/models?pageSize=40&key=sk-right')
  expect(first.models).toHaveLength(40)
  expect(first.models[0]).toMatchObject({
    name: 'models/model-1',
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  })
  const last = await jsonAt(`/v1beta/models?pageSize=40&key=sk-right&pageToken=${first.nextPageToken}`)
  expect(last).toEqual({ models: expect.objectContaining({ length: 5 }) })
})

it('turns away who lists without the key, in the words of the format', async () => {
  expect(await jsonAt('/v1/models', { 'anthropic-version': '2023-06-01' })).toMatchObject({
    type: 'error',
    error: { type: 'authentication_error' },
  })
  expect(await jsonAt('/v1beta/models')).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } })
  expect(await jsonAt('/api/tags')).toEqual({ error: 'unauthorized' })
  expect(await jsonAt('/v1/models')).toMatchObject({ error: { code: 'invalid_api_key' } })
})
