import type { FakeProviderOptions, FaultName } from '@millrace/testing'
import { type ServedProvider, serveFakeProvider } from '@millrace/testing/node'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { serveManualProvider } from './test-support/serve-manual.ts'
import { type SpawnedMillrace, spawnMillrace } from './test-support/spawn.ts'

// Each starts a process, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

function start(args: readonly string[], env?: Readonly<Record<string, string>>): SpawnedMillrace {
  const millrace = spawnMillrace(args, env)
  cleanUps.push(() => millrace.child.kill('SIGKILL'))
  return millrace
}

async function serve(options?: FakeProviderOptions): Promise<ServedProvider> {
  const server = await serveFakeProvider(options)
  cleanUps.push(server.close)
  return server
}

/** Asks a server, with what is piped in. */
function ask({ baseURL }: ServedProvider, args: readonly string[], piped = ''): SpawnedMillrace {
  const millrace = start(['ask', '-m', 'gpt-4.1', '--base-url', baseURL, ...args])
  millrace.child.stdin.end(piped)
  return millrace
}

async function askByHand(args: readonly string[] = ['Why?']) {
  const { manual, server } = await serveManualProvider()
  cleanUps.push(server.close)
  const millrace = ask(server, args)
  await vi.waitFor(() => expect(manual.requests).toHaveLength(1), 10_000)
  return { manual, millrace }
}

describe('a reply', () => {
  it('is printed piece by piece', async () => {
    const { manual, millrace } = await askByHand()
    manual.say('One ')
    await millrace.untilStdout('One ')
    manual.say('two')
    await millrace.untilStdout('One two')
    manual.finish('stop')
    expect(await millrace.ended).toEqual({ exitCode: 0, signal: null })
    expect(millrace.stdout).toBe('One two\n')
  })

  it('answers what is piped in', async () => {
    const server = await serve({ script: ({ prompt }) => `[${prompt}]` })
    const alone = ask(server, [], 'Why?\n')
    await alone.ended
    const after = ask(server, ['Summarize:'], 'A text.\n')
    await after.ended
    expect([alone.stdout, after.stdout]).toEqual(['[Why?]\n', '[Summarize:\n\nA text.]\n'])
  })

  it('is JSON, a chunk a line', async () => {
    const millrace = ask(await serve({ script: 'Because.' }), ['Why?', '--json'])
    await millrace.ended
    const lines = millrace.stdout.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).type)).toContain('text-delta')
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ type: 'message-end', finishReason: 'stop' })
  })

  it('is the wire itself', async () => {
    const server = await serve({ script: 'Vì sao?' })
    const millrace = ask(server, ['Why?', '--raw'])
    await millrace.ended
    const { body } = server.provider.requests[0] ?? {}
    const again = await fetch(`${server.baseURL}/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
    const withoutIds = (text: string) => text.replace(/"(id|created)":("[^"]*"|\d+)/g, '"$1":0').split('\n')
    expect(withoutIds(millrace.stdout)).toEqual(withoutIds(await again.text()))
  })
})

describe('Ctrl-C', () => {
  it('keeps what was printed, ends the request and says 130', async () => {
    const { manual, millrace } = await askByHand()
    manual.say('One ')
    await millrace.untilStdout('One ')
    millrace.child.kill('SIGINT')
    expect(await millrace.ended).toEqual({ exitCode: 130, signal: null })
    expect(millrace.stdout).toBe('One \n')
    expect(millrace.stderr).toContain('stopped · gpt-4.1')
    await vi.waitFor(() => expect(manual.cancelled).toBe(1))
  })
})

it.each<[FaultName, number]>([
  ['unauthorized', 3],
  ['cut', 7],
  ['html', 8],
])('says %s with the exit code %d', async (fault, exitCode) => {
  const millrace = ask(await serve({ fault }), ['Why?'])
  expect((await millrace.ended).exitCode).toBe(exitCode)
})

it('says that nobody is there', async () => {
  const server = await serveFakeProvider()
  await server.close()
  expect((await ask(server, ['Why?']).ended).exitCode).toBe(6)
})

it('ends quietly when its reader leaves', async () => {
  const { manual, millrace } = await askByHand(['Why?', '--raw'])
  manual.say('One ')
  await millrace.untilStdout('One ')
  millrace.child.stdout.destroy()
  // The first write after that finds nobody; it may take a moment until the system knows.
  const talk = setInterval(() => manual.say('more '), 5)
  cleanUps.push(() => clearInterval(talk))
  const { exitCode } = await millrace.ended
  expect([exitCode, millrace.stderr]).toEqual([0, ''])
  await vi.waitFor(() => expect(manual.cancelled).toBe(1))
})

describe('demo', () => {
  it('answers the request it shows, until it is stopped', async () => {
    const millrace = start(['demo', '--port', '0'])
    await millrace.untilStdout('Ctrl-C')
    const [, url = '', header = '', data = ''] =
      /curl -N (\S+) \\\n +-H '([^']+)' \\\n +-d '([^']+)'/.exec(millrace.stdout) ?? []
    const [name = '', value = ''] = header.split(': ')
    const response = await fetch(url, { method: 'POST', headers: { [name]: value }, body: data })
    const { value: bytes } = (await response.body?.getReader().read()) ?? {}
    expect(new TextDecoder().decode(bytes)).toMatch(/^data: \{/)
    millrace.child.kill('SIGTERM')
    expect(await millrace.ended).toEqual({ exitCode: 0, signal: null })
  })
})

describe('serve', () => {
  async function replyingProxy() {
    const { manual, server } = await serveManualProvider()
    cleanUps.push(server.close)
    const env = { MILLRACE_API_KEY: 'sk-secret-key' }
    const millrace = start(['serve', '--port', '0', '--base-url', server.baseURL], env)
    await millrace.untilStdout('Ctrl-C')
    const [url = ''] = /http:\S+\/v1/.exec(millrace.stdout) ?? []
    const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Why?' }] })
    const response = await fetch(`${url}/chat/completions`, { method: 'POST', body })
    manual.say('One ')
    return { manual, millrace, url, response }
  }

  it('lets the reply on its way end before it stops', async () => {
    const { manual, millrace, url, response } = await replyingProxy()
    millrace.child.kill('SIGTERM')
    await vi.waitFor(() => expect(millrace.stderr).toContain('Waiting'))
    await expect(fetch(`${url}/models`)).rejects.toThrow()
    manual.say('two')
    manual.finish('stop')
    expect(await response.text()).toContain('[DONE]')
    expect(await millrace.ended).toEqual({ exitCode: 0, signal: null })
    expect(millrace.stdout + millrace.stderr).not.toContain('sk-secret-key')
  })

  it('ends though its Redis was never there', async () => {
    const env = { MILLRACE_API_KEY: 'sk-secret-key', REDIS_URL: 'redis://127.0.0.1:1', RATE_RPM: '10', DRAIN_MS: '0' }
    const millrace = start(['serve', '--port', '0'], env)
    await millrace.untilStdout('Ctrl-C')
    millrace.child.kill('SIGTERM')
    expect(await millrace.ended).toEqual({ exitCode: 0, signal: null })
  })

  it('ends at once where Ctrl-C comes again', async () => {
    const { millrace, response } = await replyingProxy()
    const text = response.text().catch(() => 'broken off')
    millrace.child.kill('SIGINT')
    await vi.waitFor(() => expect(millrace.stderr).toContain('Waiting'))
    millrace.child.kill('SIGINT')
    expect(await millrace.ended).toEqual({ exitCode: null, signal: 'SIGINT' })
    expect(await text).toBe('broken off')
  })
})
