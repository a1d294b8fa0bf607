import { describe, expect, it } from 'vitest'
import { chooseTarget, isLoopback } from './target.ts'

const gateway = 'http://gateway.test/v1'

describe('the provider', () => {
  it('is the one that is named', () => {
    expect(chooseTarget({ provider: 'anthropic' }, { ANTHROPIC_API_KEY: 'sk-1' })).toMatchObject({
      provider: { id: 'anthropic' },
      baseURL: 'https://api.anthropic.com/v1',
      apiKey: 'sk-1',
    })
  })

  it('is else the one at the base URL', () => {
    const target = chooseTarget({ baseUrl: 'https://api.openai.com/v1/' }, { OPENAI_API_KEY: 'sk-1' })
    expect(target).toMatchObject({ provider: { id: 'openai' }, apiKey: 'sk-1' })
  })

  it('is else the first whose key is there', () => {
    expect(chooseTarget({}, { GROQ_API_KEY: 'sk-1' })).toMatchObject({ provider: { id: 'groq' }, apiKey: 'sk-1' })
  })

  it('is else HolySheep', () => {
    expect(chooseTarget({}, { MILLRACE_API_KEY: 'sk-1', OPENAI_API_KEY: 'sk-2' })).toMatchObject({
      provider: { id: 'holysheep' },
      apiKey: 'sk-1',
    })
  })

  it('is refused where there is none of that name', () => {
    expect(() => chooseTarget({ provider: 'opnai' }, {})).toThrow(/no provider of that name.*openai/)
  })
})

describe('the key', () => {
  it('is the one of MILLRACE_API_KEY before any other', () => {
    const env = { MILLRACE_API_KEY: 'sk-1', OPENAI_API_KEY: 'sk-2' }
    expect(chooseTarget({ provider: 'openai' }, env).apiKey).toBe('sk-1')
  })

  it('is the one of the variable that is named', () => {
    const env = { WORK_KEY: ' sk-3\n', MILLRACE_API_KEY: 'sk-1' }
    expect(chooseTarget({ apiKeyEnv: 'WORK_KEY' }, env).apiKey).toBe('sk-3')
  })

  it('is never printed where it was given for the name of a variable', () => {
    expect(() => chooseTarget({ apiKeyEnv: 'sk_secret' }, {})).toThrow(/not set/)
    expect(() => chooseTarget({ apiKeyEnv: 'sk_secret' }, {})).not.toThrow(/sk_secret/)
  })

  it('that no header can hold is refused, and not printed', () => {
    expect(() => chooseTarget({}, { MILLRACE_API_KEY: 'sk 1' })).toThrow('The key holds a space')
    expect(() => chooseTarget({}, { MILLRACE_API_KEY: 'sk 1' })).not.toThrow(/sk 1/)
  })

  it('of one provider is not sent to an address of another', () => {
    expect(chooseTarget({ baseUrl: gateway }, { OPENAI_API_KEY: 'sk-2' }).apiKey).toBeUndefined()
  })

  it.each([
    ['the provider is named', { baseUrl: gateway, provider: 'openai' }, {}],
    ['the address is this machine', { baseUrl: 'http://127.0.0.1:8787/v1' }, {}],
    ['the environment names both', {}, { MILLRACE_BASE_URL: gateway }],
  ])('of one provider is sent to another address where %s', (_, flags, env) => {
    expect(chooseTarget(flags, { ...env, OPENAI_API_KEY: 'sk-2' }).apiKey).toBe('sk-2')
  })

  it('is asked for where the provider needs one', () => {
    expect(() => chooseTarget({ provider: 'gemini' }, {})).toThrow(
      /GEMINI_API_KEY or GOOGLE_API_KEY or MILLRACE_API_KEY/,
    )
  })

  it.each(['ollama', 'lmstudio', 'vllm'])('is not needed for %s', (provider) => {
    expect(chooseTarget({ provider }, {}).apiKey).toBeUndefined()
  })
})

describe('the base URL', () => {
  it('goes before MILLRACE_BASE_URL', () => {
    const env = { MILLRACE_BASE_URL: gateway }
    expect(chooseTarget({ baseUrl: 'http://localhost:1/v1' }, env).baseURL).toBe('http://localhost:1/v1')
    expect(chooseTarget({}, env).baseURL).toBe(gateway)
  })

  it.each(['localhost:8000', 'file:///etc', 'nonsense'])('may not be %s', (baseUrl) => {
    expect(() => chooseTarget({ baseUrl }, {})).toThrow('The base URL is none.')
  })

  it('may not hold a password, which is not printed', () => {
    expect(() => chooseTarget({ baseUrl: 'http://me:secret@host.test/v1' }, {})).toThrow(/^(?!.*secret).*password/)
  })
})

it.each(['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])(
  'takes %s for this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true)
  },
)

it.each(['0.0.0.0', '::', 'localhost.evil.test', '192.168.0.1', '127.0.0.1.evil.test'])(
  'does not take %s for it',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)
