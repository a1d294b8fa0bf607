import assert from 'node:assert'
import { once } from 'node:events'
import { createServer } from 'node:http'

export const secretKey = 'sk-upstream-0123456789'
export const token = 'tk-0123456789abcdef'

/** A provider that says "Xin", and "chào" only when it is asked by `sayRest`. */
export async function listenAsProvider() {
  const replies = []
  const server = createServer((req, res) => {
    assert.equal(req.headers.authorization, `Bearer ${secretKey}`)
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('data: {"choices":[{"delta":{"content":"Xin"}}]}\n\n')
    replies.push(res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseURL: `http://127.0.0.1:${server.address().port}/v1`,
    sayRest: () =>
      replies
        .at(-1)
        .end('data: {"choices":[{"delta":{"content":" chào"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'),
    /** Resolves once the connection of the last reply is closed from the other side. */
    untilLeft: () => once(replies.at(-1), 'close'),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

/** Asks a proxy in front of that provider for a stream that is read to its end, and for one that is left. */
export async function checkProxy(url, provider) {
  assert.equal((await ask(url, 'tk-a-wrong-token-000')).status, 401)

  const whole = read(await ask(url, token))
  await whole.until('"content":"Xin"')
  assert(!whole.text.includes('chào'), 'The first piece came before the second was there.')
  provider.sayRest()
  await whole.until('[DONE]')
  assert.match(
    whole.text,
    /^: ok\n\nid: [\w-]+:1\ndata: .*\n\nid: [\w-]+:2\ndata: .* chào.*\n\nid: [\w-]+:3\ndata: \[DONE\]\n\n$/,
  )

  const left = read(await ask(url, token))
  await left.until('"content":"Xin"')
  const closed = provider.untilLeft()
  await left.cancel()
  await closed
}

function ask(url, authorization) {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${authorization}` },
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    signal: AbortSignal.timeout(20_000),
  })
}

function read(response) {
  const reader = response.body.getReader()
  const utf8 = new TextDecoder()
  const stream = {
    text: '',
    async until(words) {
      while (!stream.text.includes(words)) {
        const { value, done } = await reader.read()
        assert(!done, `The stream ended before it said ${words}: ${stream.text}`)
        stream.text += utf8.decode(value, { stream: true })
      }
    },
    cancel: () => reader.cancel(),
  }
  return stream
}
