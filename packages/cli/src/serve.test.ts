import { expect, it } from 'vitest'
import { isFromThisMachine } from './serve.ts'
import { runToEnd } from './test-support/run.ts'

const env = { MILLRACE_API_KEY: 'sk-1' }

it.each(['0.0.0.0', '::', '192.168.0.7', 'example.test'])('does not listen at %s without --insecure', async (host) => {
  const { exitCode, stdout, stderr } = await runToEnd(['serve', '--host', host], { env })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('--insecure')
})

it('is refused for a provider that the proxy cannot ask', async () => {
  const { exitCode, stderr } = await runToEnd(['serve', '--provider', 'anthropic'], { env })
  expect(exitCode).toBe(2)
  expect(stderr).toBe('The proxy speaks openai-chat upstream, and Anthropic speaks anthropic.\n')
})

it.each(['70000', '-1', '80a', ''])('does not take %j for a port', async (port) => {
  expect((await runToEnd(['serve', `--port=${port}`], { env })).exitCode).toBe(2)
})

it.each([
  [{ host: 'localhost:8787' }],
  [{ host: '127.0.0.1:8787', origin: 'http://localhost:5173' }],
  [{ host: '[::1]:8787', origin: 'http://[::1]:5173' }],
])('answers %j', (headers) => {
  expect(isFromThisMachine({ headers })).toBe(true)
})

it.each([
  [{ host: 'rebound.test:8787' }],
  [{ host: 'localhost:8787', origin: 'https://evil.test' }],
  [{ host: 'localhost:8787', origin: 'null' }],
  [{}],
])('does not answer %j', (headers) => {
  expect(isFromThisMachine({ headers })).toBe(false)
})
