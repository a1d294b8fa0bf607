import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { createBrotliCompress, createDeflate, createGzip, constants as zlib } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { nodeFetch } from './node-fetch.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that answers every connection with these words, and leaves it open. */
async function serveRaw(answer: string): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('fetch over node:http', () => {
  it('sends what it is given, and gives status, headers and body of the answer', async () => {
    const url = await serve((request, response) => {
      request.setEncoding('utf8')
      request.on('data', (body) => {
        response.writeHead(201, { 'x-path': request.url, 'set-cookie': ['a=1', 'b=2'] })
        response.end(`${request.method} ${request.headers['x-name']} ${body}`)
      })
    })
    const init = { method: 'POST', headers: new Headers({ 'x-name': 'ada' }), body: new TextEncoder().encode('chào') }
    const response = await nodeFetch(new URL(`${url}/a?b=c`), init)
    expect(response.status).toBe(201)
    expect(response.headers.get('x-path')).toBe('/a?b=c')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.text()).toBe('POST ada chào')
  })

  it('gives each piece as it comes', async () => {
    let goOn = () => {}
    const url = await serve((_request, response) => {
      response.write('one')
      goOn = () => response.end('two')
    })
    const reader = (await nodeFetch(url)).body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one')
    goOn()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two')
    expect((await reader?.read())?.done).toBe(true)
  })

  it('follows no redirect', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'http://other.test' }).end())
    expect((await nodeFetch(url)).status).toBe(302)
  })

  it('has no body where there is none', async () => {
    const url = await serve((_request, response) => response.writeHead(204).end())
    expect((await nodeFetch(url)).body).toBeNull()
  })

  it('fails where nobody answers', async () => {
    await expect(nodeFetch('http://127.0.0.1:9')).rejects.toThrow()
  })

  it('fails a body that breaks off', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('some', () => response.destroy())
    })
    await expect((await nodeFetch(url)).text()).rejects.toThrow()
  })

  it.each([
    ['a status that is none', 'HTTP/1.1 999 Denied\r\ncontent-length: 2\r\n\r\nno'],
    ['the wish for another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ])('fails for %s', async (_what, answer) => {
    await expect(nodeFetch(await serveRaw(answer))).rejects.toThrow(TypeError)
  })

  it('passes over what is said before the answer', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'
    const url = await serveRaw(`${early}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi`)
    expect(await (await nodeFetch(url)).text()).toBe('hi')
  })

  it.each([
    ['gzip', () => createGzip({ flush: zlib.Z_SYNC_FLUSH })],
    ['deflate', () => createDeflate({ flush: zlib.Z_SYNC_FLUSH })],
    ['br', () => createBrotliCompress({ flush: zlib.BROTLI_OPERATION_FLUSH })],
  ])('gives each piece of a body that came compressed with %s', async (encoding, createEncoder) => {
    let goOn = () => {}
    const url = await serve((_request, response) => {
      const encoder = createEncoder()
      response.writeHead(200, { 'content-encoding': encoding })
      encoder.pipe(response)
      encoder.write('one')
      goOn = () => encoder.end('two')
    })
    const reader = (await nodeFetch(url)).body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one')
    goOn()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two')
    expect((await reader?.read())?.done).toBe(true)
  })

  it('fails a compressed body that breaks off, and closes the connection of one that is not wanted', async () => {
    let onClose = () => {}
    const closed = new Promise<void>((resolve) => {
      onClose = resolve
    })
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const encoder = createGzip({ flush: zlib.Z_SYNC_FLUSH })
      encoder.on('data', (bytes) => response.write(bytes, () => request.url === '/cut' && response.destroy()))
      encoder.write('some')
      if (request.url !== '/cut') response.on('close', onClose)
    })
    await expect((await nodeFetch(`${url}/cut`)).text()).rejects.toThrow()
    await (await nodeFetch(url)).body?.cancel()
    await closed
  })

  it('closes the connection when the body is not wanted any more', async () => {
    let onClose = () => {}
    const closed = new Promise<void>((resolve) => {
      onClose = resolve
    })
    const url = await serve((_request, response) => {
      response.on('close', onClose).write('some')
    })
    await (await nodeFetch(url)).body?.cancel()
    await closed
  })

  it.each(['before it is sent', 'before the answer', 'within the body'])('ends with its signal: %s', async (when) => {
    const url = await serve((_request, response) => {
      if (when === 'within the body') response.write('some')
    })
    const controller = new AbortController()
    const reason = new Error('enough')
    if (when === 'before it is sent') controller.abort(reason)
    const answer = nodeFetch(url, { signal: controller.signal })
    if (when === 'within the body') {
      const reader = (await answer).body?.getReader()
      await reader?.read()
      controller.abort(reason)
      await expect(reader?.read()).rejects.toBe(reason)
    } else {
      controller.abort(reason)
      await expect(answer).rejects.toBe(reason)
    }
  })

  it('does not read on where nobody reads', async () => {
    let written = 0
    const piece = Buffer.alloc(64 * 1024)
    const url = await serve((_request, response) => {
      const more = () => {
        while (response.write(piece)) written += piece.length
        response.once('drain', more)
      }
      more()
    })
    const response = await nodeFetch(url)
    let before = -1
    const hasStopped = () => {
      const isSame = before === written
      before = written
      return isSame
    }
    await expect.poll(hasStopped, { interval: 100 }).toBe(true)
    // As much as the system's buffers hold.
    expect(written).toBeLessThan(30 * 1024 * 1024)
    await response.body?.cancel()
  })
})
