import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openaiCompatible } from '../providers/openai-compatible.ts'
import { type ScriptedBody, scriptedBody } from '../test-support/bytes.ts'
import { done, finish, say } from '../test-support/openai-chat-events.ts'
import {
  type Answer,
  baseURL,
  pass,
  type RunningReply,
  scriptedFetch,
  silence,
  startReply,
  streamsFrom,
} from '../test-support/scripted-fetch.ts'
import { streamReply } from './http-transport.ts'
import type { Timeouts } from './watchdog.ts'

const once = { retry: { attempts: 0 } }
const begun = 1_700_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: begun })
})

afterEach(() => {
  vi.useRealTimers()
})

function start(answer: Answer, timeouts: Timeouts = {}): RunningReply {
  return startReply(scriptedFetch(answer).fetch, { ...once, timeouts })
}

const silences = ({ progress }: RunningReply) =>
  progress.filter((news) => 'stalledForMs' in news).map(({ stalledForMs }) => stalledForMs)

/** How a reply ended, and after which time, to the second. */
async function ending(reply: RunningReply) {
  for (let second = 0; second < 200 && reply.chunks.at(-1)?.type !== 'message-end'; second++) await pass(1000)
  const { finishReason, error, content } = await reply.finished
  return { finishReason, code: error?.code, content, afterMs: Date.now() - begun }
}

describe('silence', () => {
  it('before the headers is a connect-timeout after 15 s', async () => {
    expect(await ending(start(silence))).toMatchObject({
      finishReason: 'error',
      code: 'connect-timeout',
      afterMs: 15_000,
    })
  })

  it('in the body of a refusal is a connect-timeout as well', async () => {
    expect(await ending(start(streamsFrom(scriptedBody(), 500)))).toMatchObject({
      code: 'connect-timeout',
      afterMs: 15_000,
    })
  })

  it('before the first token is a first-token-timeout after 60 s', async () => {
    const { finishReason, code, afterMs } = await ending(start(streamsFrom(scriptedBody())))
    expect({ finishReason, code, afterMs }).toEqual({
      finishReason: 'error',
      code: 'first-token-timeout',
      afterMs: 60_000,
    })
  })

  it('after the first token is a stall after 30 s, and keeps the text', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    body.send(say('Hi'))
    expect(await ending(reply)).toEqual({ finishReason: 'incomplete', code: 'stalled', content: 'Hi', afterMs: 30_000 })
  })

  it('after the finish reason is no failure', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    body.send(say('Hi') + finish())
    expect(await ending(reply)).toMatchObject({ finishReason: 'stop', code: undefined, content: 'Hi', afterMs: 30_000 })
  })

  it.each([
    ['connect-timeout', { connectMs: 2000 }, silence],
    ['first-token-timeout', { firstTokenMs: 2000 }, streamsFrom(scriptedBody())],
  ] as const)('is a %s after the time that was asked for', async (code, timeouts, answer) => {
    expect(await ending(start(answer, timeouts))).toMatchObject({ code, afterMs: 2000 })
  })

  it('is a stall after the time that was asked for', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body), { stallMs: 2000 })
    body.send(say('Hi'))
    expect(await ending(reply)).toMatchObject({ code: 'stalled', afterMs: 2000 })
  })

  it('ends a request whose fetch does not heed its signal', async () => {
    const reply = startReply(() => new Promise<Response>(() => {}), { retry: { attempts: 0 } })
    await pass(15_000)
    expect(await reply.finished).toMatchObject({ error: { code: 'connect-timeout' } })
  })

  it('cancels the request that it ends', async () => {
    const { fetch, sent } = scriptedFetch(silence)
    startReply(fetch, once)
    await pass(15_000)
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is named in seconds', async () => {
    const reply = start(silence, { connectMs: 2000 })
    await pass(2000)
    expect((await reply.finished).error?.message).toContain('2 s')
  })

  it('before the headers is tried again, before the first token it is not', async () => {
    const connecting = scriptedFetch(silence)
    startReply(connecting.fetch)
    await pass(20_000)
    expect(connecting.sent).toHaveLength(2)
    const thinking = scriptedFetch(streamsFrom(scriptedBody()))
    startReply(thinking.fetch)
    await pass(100_000)
    expect(thinking.sent).toHaveLength(1)
  })
})

describe('silence that is not yet too long', () => {
  it('is told from 5 s on', async () => {
    const reply = start(silence)
    await pass(4900)
    expect(silences(reply)).toEqual([])
    await pass(2100)
    expect(silences(reply)).toEqual([5000, 6000, 7000])
  })

  it('is told to be over once something comes', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    body.send(say('Hi'))
    await pass(6000)
    body.send(say('!'))
    await pass(2000)
    expect(silences(reply)).toEqual([5000, 6000, undefined])
  })

  it('is not told where something comes often enough', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    for (let times = 0; times < 20; times++) {
      body.send(say('.'))
      await pass(4000)
    }
    expect(silences(reply)).toEqual([])
  })
})

describe('life', () => {
  const keepAlive = async (body: ScriptedBody, piece: string, times: number) => {
    for (let sent = 0; sent < times; sent++) {
      body.send(piece)
      await pass(20_000)
    }
  }

  it.each([
    ['a comment', ': ping\n\n'],
    ['an empty line', '\n'],
    ['a single byte', ':'],
    ['an event that says nothing', 'data: {"choices":[]}\n\n'],
  ])('is %s, before the first token and after it', async (_, piece) => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    await keepAlive(body, piece, 10)
    body.send(`\n\n${say('Hi')}`)
    await keepAlive(body, piece, 10)
    body.send(`\n\n${finish()}${done}`)
    expect(await reply.finished).toMatchObject({ content: 'Hi', finishReason: 'stop' })
  })

  it('is not waited for while its reader is slow', async () => {
    const body = scriptedBody()
    const { fetch } = scriptedFetch(streamsFrom(body))
    const reply = streamReply({ messages: [], model: 'm' }, { provider: openaiCompatible({ baseURL }), fetch, ...once })
    body.send(say('Hi'))
    expect((await reply.next()).value).toEqual({ type: 'text-delta', text: 'Hi' })
    await pass(100_000)
    body.send(finish() + done)
    expect((await reply.next()).value).toEqual({ type: 'message-end', finishReason: 'stop' })
  })
})

describe('a device that slept', () => {
  /** The clock jumps and no timer runs, as on a closed laptop. */
  const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms)

  it.each([
    ['before the headers', '', 15_000],
    ['after the first token', say('Hi'), 30_000],
  ])('%s has not waited meanwhile', async (_, said, limit) => {
    const body = scriptedBody()
    const reply = start(said ? streamsFrom(body) : silence)
    if (said) body.send(said)
    await pass(2000)
    sleep(3_600_000)
    await pass(limit - 3000)
    expect(reply.chunks.map(({ type }) => type)).not.toContain('message-end')
    await pass(3000)
    expect(reply.chunks.at(-1)?.type).toBe('message-end')
  })

  it('reads on where the connection survived', async () => {
    const body = scriptedBody()
    const reply = start(streamsFrom(body))
    body.send(say('Hi'))
    await pass(2000)
    sleep(3_600_000)
    await pass(1000)
    body.send(say(' again') + finish() + done)
    expect(await reply.finished).toMatchObject({ content: 'Hi again', finishReason: 'stop' })
  })
})
