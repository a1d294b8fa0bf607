import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatError } from '../errors.ts'
import { createMessage } from '../message.ts'
import { openaiCompatible } from '../providers/openai-compatible.ts'
import { scriptedBody } from '../test-support/bytes.ts'
import { done, event, finish, say } from '../test-support/openai-chat-events.ts'
import {
  baseURL,
  fails,
  pass,
  refuses,
  scriptedFetch,
  secretKey,
  startReply,
  streams,
  streamsFrom,
} from '../test-support/scripted-fetch.ts'
import { text } from '../wire/text.ts'
import { streamReply } from './http-transport.ts'

const answer = say('Hi') + finish() + done
const once = { retry: { attempts: 0 } }

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a request', () => {
  it('is posted to the provider as JSON, with the key', async () => {
    const { fetch, sent } = scriptedFetch(streams(answer))
    await startReply(fetch, {}, { messages: [createMessage({ role: 'user', content: 'Hey' })] }).finished
    expect(sent).toMatchObject([
      {
        url: `${baseURL}/chat/completions`,
        init: { method: 'POST', headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' } },
      },
    ])
    expect(JSON.parse(String(sent[0]?.init.body))).toMatchObject({ messages: [{ role: 'user', content: 'Hey' }] })
  })

  it.each([
    ['of the options', {}, { headers: { 'x-a': '1' } }, { 'x-a': '1' }],
    ['of the request', { headers: { 'x-a': '2' } }, {}, { 'x-a': '2' }],
    [
      'of the request rather than of the options',
      { headers: { 'x-a': '2' } },
      { headers: { 'x-a': '1' } },
      { 'x-a': '2' },
    ],
    ['that replace its own', { headers: { authorization: 'Basic x' } }, {}, { authorization: 'Basic x' }],
  ])('has the headers %s', async (_, request, options, expected) => {
    const { fetch, sent } = scriptedFetch(streams(answer))
    await startReply(fetch, options, request).finished
    expect(sent[0]?.init.headers).toMatchObject(expected)
  })

  it.each([`${baseURL}/`, `${baseURL}//`])('goes to the same place with the base URL %s', async (ending) => {
    const { fetch, sent } = scriptedFetch(streams(answer))
    await startReply(fetch, { baseURL: ending }).finished
    expect(sent[0]?.url).toBe(`${baseURL}/chat/completions`)
  })

  it('may go elsewhere and in another format than the provider says', async () => {
    const { fetch, sent } = scriptedFetch(streams('plain'))
    const { content } = await startReply(fetch, { baseURL: 'http://localhost:1/answer', wire: text }).finished
    expect(sent[0]?.url).toBe('http://localhost:1/answer')
    expect(content).toBe('plain')
  })

  it('is not sent before its chunks are asked for', () => {
    const { fetch, sent } = scriptedFetch(streams(answer))
    streamReply({ messages: [], model: 'm' }, { provider: openaiCompatible({ baseURL }), fetch })
    expect(sent).toEqual([])
  })

  it('goes through the fetch of the page where none is given', async () => {
    const { fetch, sent } = scriptedFetch(streams(answer))
    vi.stubGlobal('fetch', fetch)
    const provider = openaiCompatible({ baseURL })
    for await (const _ of streamReply({ messages: [], model: 'm' }, { provider })) expect(sent).toHaveLength(1)
    vi.unstubAllGlobals()
  })
})

describe('a reply', () => {
  it('comes chunk by chunk, as the bytes do', async () => {
    const body = scriptedBody()
    const reply = startReply(scriptedFetch(streamsFrom(body)).fetch)
    body.send(say('a'))
    await pass()
    expect(reply.chunks).toContainEqual({ type: 'text-delta', text: 'a' })
    body.send(finish() + done)
    expect(await reply.finished).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it('tells when its headers came', async () => {
    const reply = startReply(scriptedFetch(streams(answer)).fetch)
    await reply.finished
    expect(reply.progress).toEqual([{ headersAt: Date.now() }])
  })

  it('tells of no headers where none came', async () => {
    const reply = startReply(scriptedFetch(fails()).fetch, once)
    await reply.finished
    expect(reply.progress).toEqual([])
  })

  it('takes the options of its decoder', async () => {
    const strict = startReply(scriptedFetch(streams(say('a'))).fetch)
    expect((await strict.finished).finishReason).toBe('incomplete')
    const lenient = startReply(scriptedFetch(streams(say('a'))).fetch, { requireFinishReason: false })
    expect((await lenient.finished).finishReason).toBe('unknown')
    const small = startReply(scriptedFetch(streams(answer)).fetch, { maxEventLength: 10 })
    expect((await small.finished).error?.code).toBe('event-too-large')
  })

  it('leaves no timer behind', async () => {
    await startReply(scriptedFetch(streams(answer)).fetch).finished
    await startReply(scriptedFetch(refuses(401)).fetch).finished
    await startReply(scriptedFetch(fails()).fetch, once).finished
    expect(vi.getTimerCount()).toBe(0)
  })

  it('fails where the given fetch brings a body that cannot be read here', async () => {
    const response = { ok: true, status: 200, headers: new Headers(), body: {} } as unknown as Response
    const message = await startReply(scriptedFetch(() => response).fetch).finished
    expect(message).toMatchObject({ finishReason: 'error', error: { code: 'network', cause: expect.any(TypeError) } })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that nobody wants any more cancels its request', async () => {
    const body = scriptedBody()
    const { fetch, sent } = scriptedFetch(streamsFrom(body))
    body.send(say('a'))
    for await (const _ of streamReply({ messages: [], model: 'm' }, { provider: openaiCompatible({ baseURL }), fetch }))
      break
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(body.isCancelled()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('an answer that is no stream', () => {
  it('is explained by its status and body', async () => {
    const refusal = refuses(
      401,
      { error: { message: 'No such key.', code: 'invalid_api_key' } },
      { 'x-request-id': 'q1' },
    )
    expect(await startReply(scriptedFetch(refusal).fetch).finished).toMatchObject({
      finishReason: 'error',
      error: { code: 'unauthorized', status: 401, providerCode: 'invalid_api_key', requestId: 'q1' },
    })
  })

  it('may have no body at all', async () => {
    const { fetch } = scriptedFetch(() => new Response(null))
    expect(await startReply(fetch).finished).toMatchObject({
      finishReason: 'error',
      error: { code: 'not-a-stream', status: 200 },
    })
  })

  it('may break off in its body', async () => {
    const body = scriptedBody()
    const reply = startReply(scriptedFetch(streamsFrom(body, 500)).fetch, once)
    await pass()
    body.breakOff()
    expect((await reply.finished).finishReason).toBe('error')
  })

  it('may be the whole answer as JSON', async () => {
    const whole = JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] })
    expect(await startReply(scriptedFetch(streams(whole)).fetch).finished).toMatchObject({
      content: 'Hi',
      finishReason: 'stop',
    })
  })

  it('may be a page of HTML', async () => {
    expect(await startReply(scriptedFetch(streams('<p>Sign in</p>')).fetch).finished).toMatchObject({
      finishReason: 'error',
      error: { code: 'not-a-stream' },
    })
  })
})

describe('the key', () => {
  const leaking = `The key ${secretKey} is not known.`

  it.each([
    ['a refusal', refuses(401, { error: { message: leaking } })],
    ['an error in the stream', streams(event({ error: { message: leaking } }))],
    ['an error after text', streams(say('a') + event({ error: { message: leaking } }))],
    ['a malformed event', streams(say('a') + event(leaking))],
    ['an answer that is no stream', streams(`<p>${leaking}</p>`)],
    ['an excerpt that ends inside the key', streams(`<p>${'-'.repeat(175)}${leaking}</p>`)],
    ['a message that ends inside the key', refuses(401, `${'-'.repeat(480)}${leaking}`)],
  ])('is not in the error of %s', async (_, given) => {
    const { error } = await startReply(scriptedFetch(given).fetch, once).finished
    expect(error).toBeInstanceOf(ChatError)
    // Half a key is half a secret.
    const half = secretKey.slice(0, 9)
    for (const said of [error?.message, error?.stack, error?.excerpt, String(error), JSON.stringify(error)])
      expect(said ?? '').not.toContain(half)
  })

  it.each(['id-01234567.SECRET+part/zzzz=', 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl'])(
    'is taken out whole, whatever it is made of: %s',
    async (apiKey) => {
      const refusal = refuses(401, { error: { message: `No such key: ${apiKey}.`, type: `key ${apiKey}` } })
      const { error } = await startReply(scriptedFetch(refusal).fetch, { ...once, apiKey }).finished
      for (const said of [error?.message, error?.stack, error?.providerCode, error?.excerpt])
        expect(said).not.toContain(apiKey.slice(-6))
    },
  )

  it('is taken out where another header carries it', async () => {
    const refusal = refuses(401, { error: { message: 'No such key: azure-key-0123456789' } })
    const options = { ...once, headers: { 'api-key': 'azure-key-0123456789' } }
    const { error } = await startReply(scriptedFetch(refusal).fetch, options).finished
    expect(error?.message).not.toContain('0123456789')
  })

  it('does not change our own words where it is only a placeholder', async () => {
    const { error } = await startReply(scriptedFetch(refuses(401)).fetch, { ...once, apiKey: 'k' }).finished
    expect(error?.message).toContain('kept')
  })
})
