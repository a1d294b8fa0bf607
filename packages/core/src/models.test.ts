import { afterEach, describe, expect, it, vi } from 'vitest'
import { ChatError } from './errors.ts'
import { type ListModelsOptions, listModels, verifyKey } from './models.ts'
import { anthropic } from './providers/anthropic.ts'
import { azure } from './providers/azure.ts'
import { gemini } from './providers/gemini.ts'
import { mistral } from './providers/mistral.ts'
import { ollama } from './providers/ollama.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import type { Provider } from './providers/provider.ts'
import { together } from './providers/together.ts'

const apiKey = 'sk-very-secret-0123456789'

/** A fetch that answers by address, or in order, and remembers what it was asked. */
function scripted(...answers: (Response | Error | object)[]) {
  const asked: { url: string; headers: Headers }[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push({ url: `${input}`, headers: new Headers(init?.headers) })
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    if (answer instanceof Error) throw answer
    return answer instanceof Response ? answer : Response.json(answer)
  }
  return { fetch, asked }
}

async function failureOf(provider: Provider, options: ListModelsOptions): Promise<ChatError> {
  const error: unknown = await listModels(provider, options).catch((thrown: unknown) => thrown)
  if (error instanceof ChatError) return error
  throw new Error(`This is no ChatError: ${error}`)
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('listing models', () => {
  it('reads the list of OpenAI, and adds what is known here', async () => {
    const { fetch, asked } = scripted({ object: 'list', data: [{ id: 'gpt-4.1' }, { id: 'gpt-new' }, { id: 7 }] })
    const models = await listModels(openai, { apiKey, fetch })
    expect(models).toEqual([openai.models[0], { id: 'gpt-new', name: 'gpt-new' }])
    expect(asked.map(({ url }) => url)).toEqual(['https://api.openai.com/v1/models'])
    expect(asked[0]?.headers.get('authorization')).toBe(`Bearer ${apiKey}`)
  })

  it('asks another base URL, with other headers, and without a key where there is none', async () => {
    const { fetch, asked } = scripted({ data: [] })
    await listModels(openai, { baseURL: 'http://localhost:1/v1/', headers: { 'x-team': 'a' }, fetch })
    expect(asked[0]?.url).toBe('http://localhost:1/v1/models')
    expect(Object.fromEntries(asked[0]?.headers ?? [])).toEqual({ 'x-team': 'a' })
  })

  it('reads a bare list with prices per million, and leaves out what cannot chat', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-22T12:00:00Z') })
    const { fetch } = scripted([
      { id: 'a/chat', type: 'chat', display_name: 'Chat A', pricing: { input: 0.9, output: 1.8, hourly: 0 } },
      { id: 'b/dedicated', type: 'chat', pricing: { input: 0, output: 0, hourly: 3 } },
      { id: 'c/picture', type: 'image' },
    ])
    expect(await listModels(together, { fetch })).toEqual([
      {
        id: 'a/chat',
        name: 'Chat A',
        price: { input: 0.9, output: 1.8, asOf: '2026-11-22', source: 'https://api.together.xyz/v1/models' },
      },
      { id: 'b/dedicated', name: 'b/dedicated' },
    ])
  })

  it('turns the prices of OpenRouter, text per token, into dollars per million', async () => {
    const { fetch } = scripted({
      data: [
        {
          id: 'a',
          name: 'A',
          pricing: { prompt: '0.00000035', completion: '0.0000014', input_cache_read: '0.0000001' },
        },
        { id: 'b:free', name: 'B', pricing: { prompt: '0', completion: '0' } },
        { id: 'openrouter/auto', name: 'Auto', pricing: { prompt: '-1', completion: '-1' } },
        { id: 'c', name: 'C', pricing: { prompt: '', completion: null } },
      ],
    })
    const prices = (await listModels(openrouter, { fetch })).map(({ price }) => price)
    expect(prices[0]).toMatchObject({ input: 0.35, output: 1.4, cachedInput: 0.1 })
    expect(prices[1]).toMatchObject({ input: 0, output: 0 })
    expect(prices.slice(2)).toEqual([undefined, undefined])
  })

  it('says what a model can do where OpenRouter or Mistral does', async () => {
    const listed = scripted({
      data: [
        {
          id: 'sees',
          architecture: { input_modalities: ['text', 'image'] },
          supported_parameters: ['tools', 'reasoning', 'top_p'],
        },
        { id: 'reads', architecture: { input_modalities: ['text'] }, supported_parameters: ['top_p'] },
        { id: 'silent' },
      ],
    })
    const models = await listModels(openrouter, { fetch: listed.fetch })
    expect(models.map(({ capabilities }) => capabilities)).toEqual([['vision', 'tools', 'reasoning'], [], undefined])
    const { fetch } = scripted({ data: [{ id: 'm', capabilities: { completion_chat: true, function_calling: true } }] })
    expect(await listModels(mistral, { fetch })).toMatchObject([{ capabilities: ['tools'] }])
  })

  it('leaves out what Mistral says cannot chat', async () => {
    const { fetch } = scripted({
      data: [
        { id: 'chat', capabilities: { completion_chat: true } },
        { id: 'embed', capabilities: { completion_chat: false } },
      ],
    })
    expect((await listModels(mistral, { fetch })).map(({ id }) => id)).toEqual(['chat'])
  })

  it('turns the pages of Anthropic, and finds the price of a snapshot by its alias', async () => {
    const { fetch, asked } = scripted(
      { data: [{ id: 'claude-x', display_name: 'Claude X' }], has_more: true, last_id: 'claude-x' },
      {
        data: [{ id: 'claude-haiku-5-5-20261007', display_name: 'Haiku' }],
        has_more: false,
        last_id: 'claude-haiku-5-5',
      },
    )
    const models = await listModels(anthropic, { apiKey, fetch })
    expect(models.map(({ id, name, price }) => [id, name, price?.input])).toEqual([
      ['claude-x', 'Claude X', undefined],
      ['claude-haiku-5-5-20261007', 'Haiku', 0.1],
    ])
    expect(asked.map(({ url }) => new URL(url).search)).toEqual(['?limit=1000', '?limit=1000&after_id=claude-x'])
    expect(Object.fromEntries(asked[0]?.headers ?? [])).toMatchObject({
      'x-api-key': apiKey,
      'anthropic-version': '2023-06-01',
      'anthropic-dangerous-direct-browser-access': 'true',
    })
  })

  it('turns the pages of Gemini, and takes off `models/`', async () => {
    const { fetch, asked } = scripted(
      {
        models: [
          { name: 'models/gemini-a', displayName: 'Gemini A', supportedGenerationMethods: ['generateContent'] },
          { name: 'models/embed', supportedGenerationMethods: ['embedContent'] },
        ],
        nextPageToken: 'a/b',
      },
      { models: [{ name: 'models/gemini-3.5-flash' }] },
    )
    const models = await listModels(gemini, { apiKey, fetch })
    expect(models).toEqual([{ id: 'gemini-a', name: 'Gemini A' }, gemini.models[1]])
    expect(asked[1]?.url).toBe('https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000&pageToken=a%2Fb')
    expect(asked[1]?.headers.get('x-goog-api-key')).toBe(apiKey)
  })

  it('reads what Ollama has installed', async () => {
    const { fetch, asked } = scripted({ models: [{ name: 'qwen3:8b', model: 'qwen3:8b', size: 1 }] })
    expect(await listModels(ollama, { fetch })).toEqual([{ id: 'qwen3:8b', name: 'qwen3:8b' }])
    expect(asked[0]?.url).toBe('http://localhost:11434/api/tags')
  })

  it('asks the resource on Azure, and names the deployment alone', async () => {
    const { fetch, asked } = scripted({ data: [{ id: 'gpt-4o' }] })
    const provider = azure({ resource: 'my-team', deployment: 'chat', apiVersion: '2024-10-21' })
    expect(await listModels(provider, { apiKey, fetch })).toEqual([{ id: 'chat', name: 'chat' }])
    expect(asked[0]?.url).toBe('https://my-team.openai.azure.com/openai/models?api-version=2024-10-21')
    expect(asked[0]?.headers.get('api-key')).toBe(apiKey)
    expect(asked[0]?.headers.has('authorization')).toBe(false)
  })

  it('stops at a server that gives the same page for ever', async () => {
    const { fetch, asked } = scripted({ data: [{ id: 'a' }], has_more: true, last_id: 'a' })
    await listModels(anthropic, { fetch })
    expect(asked).toHaveLength(2)
  })
})

describe('a list that does not come', () => {
  it.each([
    ['unauthorized', Response.json({ error: { message: `Incorrect API key provided: ${apiKey}` } }, { status: 401 })],
    [
      'unauthorized',
      Response.json({ code: 'invalid-argument', error: `Incorrect API key ${apiKey}` }, { status: 400 }),
    ],
    ['unauthorized', { error: { message: `${apiKey} is no valid API key`, code: 401 } }],
    ['rate-limited', Response.json({ error: { message: 'Slow down' } }, { status: 429 })],
    ['server-error', new Response('<html>Bad gateway</html>', { status: 502 })],
    ['not-a-stream', new Response('Not Found', { status: 404 })],
    ['not-a-stream', new Response(`<html>${apiKey}</html>`)],
    ['not-a-stream', { detail: `hello ${apiKey}` }],
    ['network', new TypeError('fetch failed')],
  ] as const)('is %s, and the key is not in it', async (code, answer) => {
    const error = await failureOf(openai, { apiKey, ...scripted(answer) })
    expect(error.code).toBe(code)
    expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(apiKey)
  })

  it('does not hold a key that stands in a header of one’s own either', async () => {
    const { fetch } = scripted(Response.json({ error: { message: `Wrong: ${apiKey}` } }, { status: 401 }))
    const error = await failureOf(openai, { fetch, headers: { authorization: `Bearer ${apiKey}` } })
    expect(error.message).toContain('Wrong:')
    expect(error.message).not.toContain(apiKey)
  })

  it('keeps what came in its place', async () => {
    const error = await failureOf(openai, scripted(new Response('<html>Sign in</html>')))
    expect(error).toMatchObject({ excerpt: '<html>Sign in</html>' })
    expect(error.message).toContain('The answer was no list of models.')
  })

  it('is cors where a browser may not read a server that is there', async () => {
    vi.stubGlobal('location', { href: 'http://localhost:5173/', origin: 'http://localhost:5173' })
    const { fetch } = scripted(new TypeError('Failed to fetch'), new Response())
    expect(await failureOf(openai, { fetch })).toMatchObject({ code: 'cors' })
  })

  it('is a timeout where nothing comes', async () => {
    vi.useFakeTimers()
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    const failure = failureOf(openai, { fetch, timeoutMs: 2000 })
    await vi.advanceTimersByTimeAsync(2000)
    expect(await failure).toMatchObject({ code: 'connect-timeout', retryable: true })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is none however long it takes, where that is wanted', async () => {
    vi.useFakeTimers()
    const fetch = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        setTimeout(() => resolve(Response.json({ data: [] })), 3_600_000)
      })
    const models = listModels(openai, { fetch, timeoutMs: Number.POSITIVE_INFINITY })
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(await models).toEqual([])
  })

  it('rejects with the reason of an abort, before the request and after', async () => {
    const reason = new Error('closed')
    const { fetch, asked } = scripted({ data: [] })
    await expect(listModels(openai, { fetch, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(asked).toHaveLength(0)
    const controller = new AbortController()
    const aborting = async () => {
      controller.abort(reason)
      throw new DOMException('aborted', 'AbortError')
    }
    await expect(verifyKey(openai, apiKey, { fetch: aborting, signal: controller.signal })).rejects.toBe(reason)
  })

  it('is a TypeError where the options cannot work', async () => {
    await expect(listModels(openai, { baseURL: 'no url' })).rejects.toThrow(TypeError)
  })
})

describe('verifying a key', () => {
  it('is ok with the models it may use', async () => {
    const check = await verifyKey(openai, apiKey, scripted({ data: [{ id: 'gpt-4.1' }] }))
    expect(check).toEqual({ ok: true, models: [openai.models[0]] })
  })

  it('says why a key is refused', async () => {
    const refusal = Response.json({ error: { message: 'Invalid key' } }, { status: 401 })
    const check = await verifyKey(openai, apiKey, scripted(refusal))
    expect(check).toMatchObject({ ok: false, error: { code: 'unauthorized', status: 401 } })
  })

  it('refuses what was pasted wrong, without asking', async () => {
    const { fetch, asked } = scripted({ data: [] })
    expect(await verifyKey(openai, `${apiKey}\n`, { fetch })).toMatchObject({
      ok: false,
      error: { code: 'unauthorized' },
    })
    expect(asked).toHaveLength(0)
  })

  it('does not trust a list that is open to everyone', async () => {
    const { fetch, asked } = scripted(Response.json({ error: { message: 'No auth', code: 401 } }, { status: 401 }))
    expect(await verifyKey(openrouter, apiKey, { fetch })).toMatchObject({ ok: false })
    expect(asked.map(({ url }) => url)).toEqual(['https://openrouter.ai/api/v1/key'])
  })
})
