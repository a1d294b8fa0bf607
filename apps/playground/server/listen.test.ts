import { createServer, type Server } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { listenLocally } from './listen.ts'

const servers: Server[] = []

function answering(text: string): Server {
  const server = createServer((_req, res) => res.end(text))
  servers.push(server)
  return server
}

const read = async (url: string) => (await fetch(url)).text()

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

it('answers at localhost and at 127.0.0.1', async () => {
  const port = await listenLocally(answering('here'), 0)
  expect(await read(`http://localhost:${port}`)).toBe('here')
  expect(await read(`http://127.0.0.1:${port}`)).toBe('here')
})

it('takes a later port when the one asked for is taken', async () => {
  const port = await listenLocally(answering('first'), 0)
  const next = await listenLocally(answering('second'), port)
  expect(next).toBeGreaterThan(port)
  expect(await read(`http://localhost:${port}`)).toBe('first')
  expect(await read(`http://localhost:${next}`)).toBe('second')
})

it('takes a later port when somebody else answers at ::1', async ({ skip }) => {
  const other = answering('other')
  const port = await new Promise<number>((resolve) => {
    other.once('error', () => skip('This machine has no ::1.'))
    other.listen(0, '::1', () => {
      const address = other.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })
  expect(await listenLocally(answering('here'), port)).toBeGreaterThan(port)
})

it('frees the port when the server is closed', async () => {
  const server = answering('first')
  const port = await listenLocally(server, 0)
  await new Promise((resolve) => server.close(resolve))
  expect(await listenLocally(answering('second'), port)).toBe(port)
})
