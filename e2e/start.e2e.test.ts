import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type RunningServer, runStartScript } from './playground.ts'

let server: RunningServer | undefined

afterEach(() => server?.stop())

it('prints its address on one line, answers there, and ends when told to', async () => {
  server = await runStartScript(0)
  expect(server.output).toMatch(/^Millrace is at http:\/\/localhost:\d+ – answered by the demo provider.*\n$/)
  const page = await fetch(server.url)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<title>Millrace</title>')
  expect(await server.stop()).toBe(0)
})

it('takes the next port when the one asked for is taken', async () => {
  const other = createServer()
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })
  server = await runStartScript(port)
  other.close()
  expect(Number(new URL(server.url).port)).toBeGreaterThan(port)
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
})
