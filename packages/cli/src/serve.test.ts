import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeProvider, pause, reply } from '@millrace/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { descriptorWarning, maxOpenFiles } from './serve/descriptors.ts'
import { type RunOptions, run, runToEnd } from './test-support/run.ts'

const env = { MILLRACE_API_KEY: 'sk-1' }
const token = 'tk-0123456789abcdef'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** A file with that in it. */
function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-'))
  cleanUps.push(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'secret'), text)
  return join(folder, 'secret')
}

/** A running proxy in front of a provider without a model. */
async function serving(variables: Record<string, string>, options: Partial<RunOptions> = {}) {
  const upstream = createFakeProvider({ script: 'Xin chào', apiKey: 'sk-upstream-key' })
  const running = run(['serve', '--port', '0'], {
    fetch: upstream.fetch,
    env: {
      UPSTREAM_BASE_URL: 'https://upstream.test/v1',
      UPSTREAM_API_KEY: 'sk-upstream-key',
      DRAIN_MS: '0',
      ...variables,
    },
    ...options,
  })
  cleanUps.push(async () => {
    running.interrupt()
    await running.exitCode
  })
  await vi.waitFor(() => expect(running.stdout + running.stderr).toContain('Ctrl-C'))
  const [url = ''] = /http:\/\/\S+:\d+/.exec(running.stdout) ?? []
  const ask = (headers: Record<string, string> = {}, body: object = {}) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }], ...body }),
    })
  return { running, upstream, url, ask }
}

describe('it does not start', () => {
  const refusals: [string, string[], Record<string, string>, string][] = [
    ['at an address of others with nobody asked', ['--host', '0.0.0.0'], {}, '--insecure'],
    ['there by a variable', [], { HOST: '::' }, 'AUTH_TOKENS'],
    ['with a guard that knows no token', [], { AUTH: 'token' }, 'AUTH_TOKENS'],
    ['with tokens and no guard', [], { AUTH: 'none', AUTH_TOKENS: token }, 'AUTH is none'],
    ['with two guards', [], { AUTH_TOKENS: token, JWT_ISSUER: 'i' }, 'both set'],
    ['with a token that can be guessed', [], { AUTH_TOKENS: 'secret' }, 'shorter than 16'],
    ['with tokens of everybody’s', [], { AUTH: 'jwt', JWT_JWKS_URL: 'https://issuer.test/jwks' }, 'JWT_AUDIENCE'],
    ['with all pages of the world let in', [], { CORS_ORIGINS: '*' }, 'any page could spend the key'],
    ['with an origin that is none', [], { CORS_ORIGINS: 'chat.example.com' }, 'is no origin'],
    [
      'with a budget and no prices',
      [],
      { BUDGET_USD_DAY: '5', UPSTREAM_BASE_URL: 'http://localhost:1/v1' },
      'PRICES_FILE',
    ],
    ['with a budget that a model without a price would get around', [], { BUDGET_USD_DAY: '5' }, 'MODELS_ALLOW'],
    [
      'with a budget and a model without a price',
      [],
      { BUDGET_USD_DAY: '5', MODELS_ALLOW: 'gpt-4.1,gpt-0' },
      'whose price is known',
    ],
    [
      'with a key in the clear',
      [],
      { UPSTREAM_BASE_URL: 'http://gateway.test/v1', UPSTREAM_API_KEY: 'sk-2' },
      'unencrypted',
    ],
    [
      'with the key of a fallback in the clear',
      [],
      { UPSTREAM_FALLBACKS: '[{ "baseURL": "http://gateway.test/v1", "apiKey": "sk-2" }]' },
      'unencrypted',
    ],
    ['with a number that is none', [], { RATE_RPM: 'many' }, 'RATE_RPM is no number'],
    ['with a word it does not know', [], { AUTH: 'magic' }, 'none, token, jwt'],
    ['with a port that is none', [], { PORT: '80a' }, 'PORT is no port'],
    ['with a secret said twice', [], { AUTH_TOKENS: token, AUTH_TOKENS_FILE: '/x' }, 'which one counts'],
    ['with a file that is not there', [], { AUTH_TOKENS_FILE: '/does/not/exist' }, 'cannot be read'],
    ['with a limit of nothing', [], { RATE_RPM: '0' }, 'requestsPerMinute must be a positive number'],
    ['with an end that is no number', [], { DRAIN_MS: 'soon' }, 'DRAIN_MS is no number'],
    ['with two tokens of one name', [], { AUTH_TOKENS: `alice:${token},alice:${token}2` }, 'two tokens of one name'],
    ['with fallbacks that are none', [], { UPSTREAM_FALLBACKS: '{"a":1}' }, 'UPSTREAM_FALLBACKS'],
  ]

  it.each(refusals)('%s', async (_why, args, variables, sentence) => {
    const { exitCode, stdout, stderr } = await runToEnd(['serve', ...args], { env: { ...env, ...variables } })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
  })

  it.each(['70000', '-1', '80a', ''])('at the port %j', async (port) => {
    expect((await runToEnd(['serve', `--port=${port}`], { env })).exitCode).toBe(2)
  })

  it('for a provider that the proxy cannot ask', async () => {
    const { exitCode, stderr } = await runToEnd(['serve', '--provider', 'anthropic'], { env })
    expect(exitCode).toBe(2)
    expect(stderr).toBe('The proxy speaks openai-chat upstream, and Anthropic speaks anthropic.\n')
  })
})

describe('it answers', () => {
  it('this machine', async () => {
    const { ask, upstream } = await serving({})
    expect(await (await ask()).text()).toContain('chào')
    expect(upstream.requests[0]?.headers.get('authorization')).toBe('Bearer sk-upstream-key')
  })

  it('by whom its options name, whatever its variables say', async () => {
    const upstream = createFakeProvider({ script: 'Xin chào', apiKey: 'sk-other-key' })
    const running = run(['serve', '--port', '0', '--base-url', 'https://other.test/v1', '--api-key-env', 'OTHER_KEY'], {
      fetch: upstream.fetch,
      env: { UPSTREAM_BASE_URL: 'https://upstream.test/v1', UPSTREAM_API_KEY: 'sk-1,sk-2', OTHER_KEY: 'sk-other-key' },
    })
    cleanUps.push(async () => {
      running.interrupt()
      await running.exitCode
    })
    await vi.waitFor(() => expect(running.stdout + running.stderr).toContain('Ctrl-C'))
    expect(running.stdout).toContain('(https://other.test/v1)')
    const [url = ''] = /http:\/\/\S+:\d+/.exec(running.stdout) ?? []
    expect((await fetch(`${url}/v1/models`)).status).toBe(200)
    expect(upstream.requests[0]?.url).toBe('https://other.test/v1/models')
    expect(upstream.requests[0]?.headers.get('authorization')).toBe('Bearer sk-other-key')
  })

  it('no page elsewhere', async () => {
    const { ask } = await serving({})
    expect((await ask({ origin: 'https://evil.test' })).status).toBe(401)
  })

  it('those with a token alone, where there are some', async () => {
    const { ask } = await serving({ AUTH_TOKENS: `alice:${token},bob:${token}2` })
    expect((await ask()).status).toBe(401)
    expect((await ask({ authorization: `Bearer ${token}2` })).status).toBe(200)
  })

  it('with keys and tokens from files', async () => {
    const { ask, upstream } = await serving({
      AUTH_TOKENS_FILE: fileWith(`${token}\n`),
      UPSTREAM_API_KEY: '',
      UPSTREAM_API_KEY_FILE: fileWith('sk-upstream-key\n'),
    })
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200)
    expect(upstream.requests[0]?.headers.get('authorization')).toBe('Bearer sk-upstream-key')
  })

  it('as the variables say', async () => {
    const { ask, url, upstream } = await serving({
      MODELS_ALLOW: 'm, other',
      MAX_TOKENS: '50',
      SYSTEM_PROMPT_FILE: fileWith('Be brief.'),
      RATE_RPM: '1',
      METRICS: 'true',
      CORS_ORIGINS: 'http://localhost:5173',
    })
    const response = await ask({ origin: 'http://localhost:5173' }, { max_tokens: 500 })
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(upstream.requests[0]?.body).toMatchObject({
      max_tokens: 50,
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user' }],
    })
    expect((await ask()).status).toBe(429)
    expect((await ask({}, { model: 'forbidden' })).status).toBe(404)
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('millrace_requests_total')
  })

  it('with a line of JSON for each request, which holds neither key nor prompt', async () => {
    const { ask, running } = await serving({})
    await (await ask({}, { messages: [{ role: 'user', content: 'a secret' }] })).text()
    await vi.waitFor(() => expect(running.stdout).toContain('"status":200'))
    const line = running.stdout.trimEnd().split('\n').at(-1) ?? ''
    expect(JSON.parse(line)).toMatchObject({ route: '/v1/chat/completions', user: 'local', finishReason: 'stop' })
    expect(running.stdout).not.toMatch(/a secret|sk-upstream-key/)
  })

  it('without one where that is wanted', async () => {
    const { ask, running } = await serving({ LOG: 'off' })
    await (await ask()).text()
    expect(running.stdout).not.toContain('"status"')
  })

  it('with what it cost, by a file of prices', async () => {
    const { ask, running } = await serving({ PRICES_FILE: fileWith('{ "m": { "input": 1000, "output": 1000 } }') })
    await (await ask()).text()
    await vi.waitFor(() => expect(running.stdout).toContain('"costUSD":0.'))
  })

  it('those whom an issuer sent', async () => {
    const secret = 'a secret of at least thirty-two bytes'
    const { ask } = await serving({ JWT_SECRET: secret, JWT_ISSUER: 'https://issuer.test', JWT_AUDIENCE: 'chat' })
    const claims = { sub: 'alice', iss: 'https://issuer.test', aud: 'chat', exp: Math.floor(Date.now() / 1000) + 60 }
    const signed = (audience: string) => {
      const [header, payload] = [{ alg: 'HS256' }, { ...claims, aud: audience }].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      )
      const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
      return `Bearer ${header}.${payload}.${signature}`
    }
    expect((await ask({ authorization: signed('chat') })).status).toBe(200)
    expect((await ask({ authorization: signed('others') })).status).toBe(401)
  })

  it('by a fallback, where the first one does not', async () => {
    const fallback = createFakeProvider({ script: 'Từ nơi khác', apiKey: 'sk-fallback-key' })
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).startsWith('https://upstream.test')
        ? new Response('{}', { status: 503 })
        : fallback.fetch(input, init)
    const fallbacks = [{ baseURL: 'https://fallback.test/v1', apiKey: 'sk-fallback-key', modelNames: { m: 'other/m' } }]
    const { ask } = await serving({ UPSTREAM_FALLBACKS: JSON.stringify(fallbacks), RETRIES: '0' }, { fetch })
    expect(await (await ask()).text()).toContain('khác')
    expect(fallback.requests[0]?.body).toMatchObject({ model: 'other/m' })
  })

  it('nobody any longer once its client has left, where that is wanted', async () => {
    const slow = createFakeProvider({ script: reply('One', pause(60_000), 'two') })
    const { ask } = await serving({ ON_DISCONNECT: 'abort' }, { fetch: slow.fetch })
    const reader = (await ask()).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    await slow.requests[0]?.settled
    expect(slow.requests[0]?.cancelled).toBe(true)
  })
})

describe('files', () => {
  it('that are few are told of', () => {
    expect(descriptorWarning(1024)).toContain('about 512 streams')
    expect(descriptorWarning(65_536)).toBeUndefined()
    expect(descriptorWarning(undefined)).toBeUndefined()
  })

  it('are counted by the system', () => {
    expect(maxOpenFiles()).toBeGreaterThan(0)
  })
})
