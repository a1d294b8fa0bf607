import {
  callTool,
  cite,
  createFakeProvider,
  createManualProvider,
  type FakeProviderOptions,
  type FaultName,
  failFirst,
  reply,
  say,
  think,
} from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import { type RunOptions, run, runToEnd } from './test-support/run.ts'

const env = { HOLYSHEEP_API_KEY: 'sk-secret' }

async function ask(args: readonly string[], options: FakeProviderOptions = {}, more: RunOptions = {}) {
  const provider = createFakeProvider(options)
  const result = await runToEnd(['ask', ...args], { env, fetch: provider.fetch, ...more })
  return { ...result, provider, request: provider.requests.at(-1) }
}

describe('the request', () => {
  it('asks the model with the prompt, the instructions and the key', async () => {
    const { request } = await ask(['Why?', '--model', 'gpt-4.10', '--system', 'Be brief.'])
    expect(request).toMatchObject({
      model: 'gpt-4.10',
      prompt: 'Why?',
      url: expect.stringContaining('api.holysheep.ai'),
    })
    expect(request?.messages[0]).toEqual({ role: 'system', text: 'Be brief.' })
    expect(request?.headers.get('authorization')).toBe('Bearer sk-secret')
  })

  it('asks the first model of the provider where none is named', async () => {
    expect((await ask(['Why?'])).request?.model).toBe('gpt-4.1')
  })

  it('asks the first model that an unknown server lists', async () => {
    const { request } = await ask(['Why?', '--base-url', 'http://gateway.test/v1'], {
      models: ['local-7b', 'local-70b'],
    })
    expect(request).toMatchObject({ model: 'local-7b', url: 'http://gateway.test/v1/chat/completions' })
  })

  it('asks for a model where the server lists none', async () => {
    const { exitCode, stderr } = await ask(['Why?', '--base-url', 'http://gateway.test/v1'], { models: [] })
    expect([exitCode, stderr]).toEqual([2, 'gateway.test does not list its models: name one with --model.\n'])
  })

  it('speaks the wire format that is named', async () => {
    const fetch = async () => new Response('One two.')
    expect(await runToEnd(['ask', 'Why?', '--wire', 'text'], { env, fetch })).toMatchObject({
      exitCode: 0,
      stdout: 'One two.\n',
    })
  })

  it.each([
    ['--wire', 'telegraph'],
    ['--provider', 'nobody'],
    ['--timeout', '-1'],
    ['--timeout', 'soon'],
    ['--unknown', 'x'],
    ['--json', '--raw'],
  ])('is not made with %s %s', async (...args) => {
    const { exitCode, stdout, provider } = await ask(['Why?', ...args])
    expect([exitCode, stdout, provider.requests.length]).toEqual([2, '', 0])
  })
})

describe('the reply', () => {
  it('is on stdout, and a line about it on stderr', async () => {
    const { exitCode, stdout, stderr } = await ask(['Why?'], { script: 'Because.' })
    expect([exitCode, stdout]).toEqual([0, 'Because.\n'])
    expect(stderr).toMatch(
      /^gpt-4\.1 · tokens \d+ in, \d+ out · first token after \d+\.\d\d s ·( [\d,]+ tokens\/s ·)? \$0\.0+\d+\n$/,
    )
  })

  it('has no known price where nobody says who is at the address', async () => {
    const { stderr } = await ask(['Why?', '--base-url', 'http://gateway.test/v1'])
    expect(stderr).toMatch(/· price unknown\n$/)
  })

  it('comes without a word on stderr where none is wanted', async () => {
    expect((await ask(['Why?', '--quiet'], { script: reply(cite('https://a.test'), 'Because.') })).stderr).toBe('')
  })

  it('says at the end which tools it called and what it cites', async () => {
    const script = reply(callTool('clock', { zone: 'UTC' }), cite('https://a.test', 'A page'), 'Noon.')
    const { stdout, stderr } = await ask(['Why?'], { script })
    expect(stdout).toBe('Noon.\n')
    expect(stderr).toContain('[calls clock {"zone":"UTC"}]\n')
    expect(stderr).toContain('[source] A page https://a.test\n')
  })

  it('keeps its thinking to terminals', async () => {
    const script = reply(think(['Hm.']), 'Yes.')
    const both = { env, terminals: ['stdout', 'stderr'] as const }
    expect((await ask(['Why?'], { script })).stderr).not.toContain('Hm.')
    expect((await ask(['Why?'], { script }, both)).stderr).toContain('\x1b[2mHm.\x1b[22m\n\n')
    expect((await ask(['Why?', '--no-reasoning'], { script }, both)).stderr).not.toContain('Hm.')
    expect((await ask(['Why?', '--reasoning'], { script })).stderr).toMatch(/^Hm\.\n\n/)
  })

  it.each([
    ['--no-color', ['Why?', '--no-color'], {}],
    ['NO_COLOR', ['Why?'], { NO_COLOR: '1' }],
    ['a dumb terminal', ['Why?'], { TERM: 'dumb' }],
  ])('has no colours with %s', async (_, args, more) => {
    const { stderr } = await ask(args, {}, { env: { ...env, ...more }, terminals: ['stdout', 'stderr'] })
    expect(stderr).not.toContain('\x1b')
  })

  it('is asked for again where that helps, and a terminal is told', async () => {
    const fault = failFirst(1, { name: 'rate-limited', retryAfterSeconds: 0.01 })
    const { exitCode, stdout, stderr } = await ask(
      ['Why?'],
      { script: 'Because.', fault },
      { env, terminals: ['stderr'] },
    )
    expect([exitCode, stdout]).toEqual([0, 'Because.\n'])
    expect(stderr).toMatch(/Trying again in 1 s …/)
  })
})

describe('--json', () => {
  it('prints a chunk a line, and nothing else', async () => {
    const { stdout } = await ask(['Why?', '--json'], { script: reply(think(['Hm.']), say(['Be', 'cause.'])) })
    const chunks = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(chunks).toContainEqual({ type: 'reasoning-delta', text: 'Hm.' })
    expect(chunks.filter(({ type }) => type === 'text-delta').map(({ text }) => text)).toEqual(['Be', 'cause.'])
    expect(chunks.at(-1)).toEqual({ type: 'message-end', finishReason: 'stop' })
  })

  it('prints an error with its code before the end', async () => {
    const { stdout, exitCode } = await ask(['Why?', '--json'], { fault: 'payment-required' })
    const [error, end] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(error).toMatchObject({ type: 'error', error: { code: 'payment-required', status: 402 } })
    expect([end, exitCode]).toEqual([{ type: 'message-end', finishReason: 'error' }, 4])
  })
})

describe('--raw', () => {
  it('prints the body as it came, once', async () => {
    const bodies: string[] = []
    const provider = createFakeProvider({ script: 'Tiếng Việt', fault: failFirst(1, 'overloaded') })
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await provider.fetch(input, init)
      bodies.push(await response.clone().text())
      return response
    }
    const refused = await runToEnd(['ask', 'Why?', '--raw'], { env, fetch })
    expect([refused.exitCode, refused.stdout, bodies.length]).toEqual([5, bodies[0], 1])
    const { exitCode, stdout } = await runToEnd(['ask', 'Why?', '--raw'], { env, fetch })
    expect([exitCode, stdout]).toEqual([0, bodies[1]])
    expect(stdout).toContain('data: [DONE]\n\n')
  })
})

describe('a failure', () => {
  it.each<[FaultName, number]>([
    ['unauthorized', 3],
    ['forbidden', 3],
    ['payment-required', 4],
    ['rate-limited', 5],
    ['model-not-found', 1],
    ['context-too-long', 1],
    ['html', 8],
  ])('%s ends with %d, is told, and prints nothing', async (fault, expected) => {
    // A wait of two minutes is not waited for.
    const busy = { name: 'rate-limited', retryAfterSeconds: 120 } as const
    const { exitCode, stdout, stderr } = await ask(['Why?'], { fault: fault === 'rate-limited' ? busy : fault })
    expect([exitCode, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(/See docs\/errors\/[a-z-]+\.md\n$/)
  })

  it.each<[FaultName, number]>([
    ['cut', 7],
    ['close-early', 7],
    ['malformed-event', 8],
    ['error-event', 1],
  ])('%s in the middle ends with %d and keeps the text', async (fault, expected) => {
    const script = reply(say(['one ', 'two ', 'three ', 'four ']))
    const { exitCode, stdout, stderr } = await ask(['Why?'], { script, fault })
    expect([exitCode, stdout]).toEqual([expected, 'one two \n'])
    expect(stderr).toMatch(/\n(unfinished|failed) · gpt-4\.1 · tokens unknown/)
  })

  it.each<[FaultName, number]>([
    ['no-response', 6],
    ['stall-before-first-token', 6],
    ['stall', 7],
  ])('%s ends with %d once it was waited for', async (fault, expected) => {
    vi.useFakeTimers()
    const asked = ask(['Why?', '--timeout', '8'], { fault })
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await asked).exitCode).toBe(expected)
    vi.useRealTimers()
  })

  it('says where the key would be', async () => {
    const { stderr } = await ask(['Why?', '-m', 'm', '--base-url', 'http://gateway.test/v1'], { apiKey: 'sk-right' })
    expect(stderr).toMatch(/There was no key to send: set MILLRACE_API_KEY\.\n$/)
  })

  it('never repeats the key, even where the server does', async () => {
    const fetch = async () => Response.json({ error: { message: 'Wrong key: sk-secret' } }, { status: 401 })
    const { exitCode, stdout, stderr } = await runToEnd(['ask', 'Why?', '--json'], { env, fetch })
    expect(exitCode).toBe(3)
    expect(stdout + stderr).not.toContain('sk-secret')
  })
})

describe('Ctrl-C', () => {
  it('stops and keeps what was printed', async () => {
    const provider = createManualProvider()
    const onStdout = (text: string) => text === 'One two' && running.interrupt()
    const running = run(['ask', 'Why?'], { env, fetch: provider.fetch, onStdout })
    await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
    provider.say('One ')
    provider.say('two')
    expect(await running.exitCode).toBe(130)
    expect(running.stdout).toBe('One two\n')
    expect(running.stderr).toMatch(/^stopped · gpt-4\.1 · /)
    expect(provider.cancelled).toBe(1)
  })

  it('ends --json with the reason', async () => {
    const provider = createManualProvider()
    const running = run(['ask', 'Why?', '--json'], { env, fetch: provider.fetch })
    await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
    running.interrupt()
    expect(await running.exitCode).toBe(130)
    expect(running.stdout).toBe('{"type":"message-end","finishReason":"aborted"}\n')
  })

  it('stops while the models are listed', async () => {
    const fetch: typeof globalThis.fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        running.interrupt()
      })
    const running = run(['ask', 'Why?', '--base-url', 'http://gateway.test/v1'], { env, fetch })
    expect(await running.exitCode).toBe(130)
    expect(running.stdout + running.stderr).toBe('')
  })
})
