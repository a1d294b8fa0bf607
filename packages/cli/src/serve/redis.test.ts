import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { spawnMillrace } from '../test-support/spawn.ts'

// Each starts a process, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

// A Redis that takes connections and says nothing.
const redis = createServer((socket) => {
  socket.on('error', () => {}).resume()
})
let env: Record<string, string>

beforeAll(async () => {
  await new Promise<void>((resolve) => redis.listen(0, '127.0.0.1', resolve))
  const { port } = redis.address() as AddressInfo
  env = { MILLRACE_API_KEY: 'sk-1', REDIS_URL: `redis://127.0.0.1:${port}` }
})
afterAll(() => {
  redis.close()
})

async function serve(args: readonly string[], more: Record<string, string> = {}) {
  const millrace = spawnMillrace(['serve', ...args], { ...env, ...more })
  onTestFinished(() => void millrace.child.kill('SIGKILL'))
  const { exitCode } = await millrace.ended
  return { exitCode, stderr: millrace.stderr }
}

it.each([
  ['of the proxy', { CORS_ORIGINS: 'nowhere' }, 'is no origin'],
  ['of its limits', { RATE_RPM: '0' }, 'requestsPerMinute must be a positive number'],
  ['of its end', { DRAIN_MS: 'soon' }, 'DRAIN_MS is no number'],
])('a process that could not start for a variable %s ends, though Redis is there', async (_what, more, sentence) => {
  const { exitCode, stderr } = await serve(['--port', '0'], more)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(sentence)
  expect(stderr).not.toContain('    at ')
})

it('and so does one whose port is taken', async () => {
  const { port } = redis.address() as AddressInfo
  const { exitCode, stderr } = await serve(['--port', `${port}`])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('is taken')
})

it('says of an address that is none that it is, and not what it holds', async () => {
  const { exitCode, stderr } = await serve(['--port', '0'], { REDIS_URL: 'user:hunter22@redis.test' })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('REDIS_URL is no address')
  expect(stderr).not.toContain('hunter22')
})
