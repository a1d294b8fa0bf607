import { afterEach, describe, expect, it, vi } from 'vitest'
import { chooseUpstream, type Upstream } from './upstream.ts'

const nothingThere = () => Promise.reject(new TypeError('fetch failed'))
const ollamaThere = async () => Response.json({ version: '0.12.0' })
let chosen: Upstream | undefined

async function choose(env: Record<string, string>, fetch: typeof globalThis.fetch = nothingThere): Promise<Upstream> {
  chosen = await chooseUpstream({ env, fetch })
  return chosen
}

afterEach(() => chosen?.close?.())

describe('a key from the environment', () => {
  it.each([
    ['MILLRACE_API_KEY', 'holysheep', 'https://api.holysheep.ai/v1'],
    ['HOLYSHEEP_API_KEY', 'holysheep', 'https://api.holysheep.ai/v1'],
    ['OPENAI_API_KEY', 'openai', 'https://api.openai.com/v1'],
  ])('called %s goes to %s', async (variable, kind, baseURL) => {
    expect(await choose({ [variable]: 'sk-1' })).toMatchObject({ kind, options: { apiKey: 'sk-1', baseURL } })
  })

  it('called MILLRACE_API_KEY goes before the others', async () => {
    const env = { OPENAI_API_KEY: 'sk-3', HOLYSHEEP_API_KEY: 'sk-2', MILLRACE_API_KEY: 'sk-1' }
    expect(await choose(env)).toMatchObject({ options: { apiKey: 'sk-1' } })
  })

  it('that is empty is none', async () => {
    expect(await choose({ MILLRACE_API_KEY: ' ', OPENAI_API_KEY: 'sk-3' })).toMatchObject({ kind: 'openai' })
  })

  it('goes to MILLRACE_BASE_URL where there is one', async () => {
    const upstream = await choose({ OPENAI_API_KEY: 'sk-3', MILLRACE_BASE_URL: 'http://gateway.test:8000/v1' })
    expect(upstream).toMatchObject({
      kind: 'custom',
      name: 'gateway.test:8000',
      options: { apiKey: 'sk-3', baseURL: 'http://gateway.test:8000/v1' },
    })
  })

  it('keeps Ollama from being looked for', async () => {
    const fetch = vi.fn(ollamaThere)
    await choose({ HOLYSHEEP_API_KEY: 'sk-2' }, fetch)
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('without a key', () => {
  it('a base URL is enough', async () => {
    const upstream = await choose({ MILLRACE_BASE_URL: 'http://localhost:8000/v1' }, ollamaThere)
    expect(upstream).toEqual({
      kind: 'custom',
      name: 'localhost:8000',
      options: { baseURL: 'http://localhost:8000/v1' },
    })
  })

  it('a base URL that is none is said to be so', async () => {
    await expect(choose({ MILLRACE_BASE_URL: 'localhost' })).rejects.toThrow('MILLRACE_BASE_URL')
  })

  it('Ollama answers where it is running', async () => {
    expect(await choose({}, ollamaThere)).toMatchObject({
      kind: 'ollama',
      options: { baseURL: 'http://127.0.0.1:11434/v1' },
    })
  })

  it('something else on Ollama’s port is not taken for it', async () => {
    expect(await choose({}, async () => new Response('<html>'))).toMatchObject({ kind: 'demo' })
  })

  it('the demo provider answers, over real HTTP', async () => {
    const { kind, options } = await choose({})
    expect(kind).toBe('demo')
    expect((await fetch(`${options.baseURL}/models`)).status).toBe(200)
  })
})
