import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delta, done, event, finish, say, toolCalls } from '../test-support/openai-chat-events.ts'
import {
  type Answer,
  fails,
  pass,
  refuses,
  scriptedFetch,
  startReply,
  streams,
} from '../test-support/scripted-fetch.ts'

const answer = streams(say('Hi') + finish() + done)
const begun = Date.UTC(2026, 0, 1)

beforeEach(() => {
  vi.useFakeTimers({ now: begun })
})

afterEach(() => {
  vi.useRealTimers()
})

/** What became of a request that was answered so, and how long after its start it was sent, each time. */
async function outcome(answers: readonly Answer[], attempts?: number) {
  const { fetch, sent } = scriptedFetch(...answers)
  const reply = startReply(fetch, attempts === undefined ? {} : { retry: { attempts } })
  await vi.runAllTimersAsync()
  const message = await reply.finished
  return { message, chunks: reply.chunks, progress: reply.progress, sentAfterMs: sent.map(({ at }) => at - begun) }
}

describe('a failure before the first token', () => {
  it.each<[string, Answer]>([
    ['a server that is not reachable', fails()],
    ['status 408', refuses(408)],
    ['status 429', refuses(429)],
    ['status 500', refuses(500)],
    ['status 503', refuses(503)],
    ['status 529', refuses(529)],
    ['an overloaded model inside the stream', streams(event({ error: { code: 529, message: 'Overloaded' } }))],
    ['a connection that closes without a word', streams('')],
    ['a connection that closes after comments', streams(': ping\n\n', event({ choices: [], model: 'm' }))],
  ])('is tried again where it was %s', async (_, failure) => {
    const { message, sentAfterMs } = await outcome([failure, answer])
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
    expect(sentAfterMs).toHaveLength(2)
  })

  it.each<[string, Answer]>([
    ['status 400', refuses(400)],
    ['status 401', refuses(401)],
    ['status 402', refuses(402)],
    ['status 403', refuses(403)],
    ['status 404', refuses(404)],
    ['status 422', refuses(422)],
    ['429 for want of money', refuses(429, { error: { message: 'No.', code: 'insufficient_quota' } })],
    ['a page of HTML', streams('<p>Sign in</p>')],
    ['a malformed event', streams(event('half'))],
  ])('is final where it was %s', async (_, failure) => {
    const { message, sentAfterMs } = await outcome([failure, answer])
    expect(message.finishReason).toBe('error')
    expect(sentAfterMs).toHaveLength(1)
  })

  it('is told neither as a chunk nor as an error once it healed', async () => {
    const failure = streams(event({ model: 'm', choices: [] }) + event({ error: { code: 529, message: 'Overloaded' } }))
    const { message, chunks } = await outcome([failure, answer])
    expect(chunks.map(({ type }) => type)).not.toContain('error')
    expect(message).not.toHaveProperty('error')
    expect(message).not.toHaveProperty('model')
  })

  it('is told once it happened three times', async () => {
    const { message, sentAfterMs, chunks } = await outcome([refuses(500)])
    expect(sentAfterMs).toHaveLength(3)
    expect(message).toMatchObject({ finishReason: 'error', error: { code: 'server-error' } })
    expect(chunks.filter(({ type }) => type === 'message-end')).toHaveLength(1)
  })

  it.each([0, 1, 4])('is tried again %d times where that is what was asked for', async (attempts) => {
    expect((await outcome([refuses(500)], attempts)).sentAfterMs).toHaveLength(attempts + 1)
  })
})

describe('a failure after the first token', () => {
  const tokens: [string, string][] = [
    ['text', say('Hi')],
    ['reasoning', delta({ reasoning: 'Hm' })],
    ['a refusal', delta({ refusal: 'No' })],
    ['a tool call', toolCalls({ index: 0, id: 'a', function: { name: 'look' } })],
    ['a source', event({ choices: [], citations: ['https://a.test'] })],
  ]

  it.each(tokens)('is final where the token was %s', async (_, token) => {
    const { message, sentAfterMs } = await outcome([streams(token), answer])
    expect(sentAfterMs).toHaveLength(1)
    expect(message).toMatchObject({ finishReason: 'incomplete', parts: [{}] })
  })

  it('keeps what was said, in order', async () => {
    const { chunks } = await outcome([streams(event({ id: 'r1', choices: [] }) + say('a') + event({ error: 'Out' }))])
    expect(chunks.map(({ type }) => type)).toEqual(['message-start', 'text-delta', 'error', 'message-end'])
  })
})

describe('the wait before the next try', () => {
  const waits = async (...failures: readonly Answer[]) => {
    const { sentAfterMs } = await outcome([...failures, answer])
    return sentAfterMs.map((at, index) => at - (sentAfterMs[index - 1] ?? 0)).slice(1)
  }

  it('is about half a second, and then twice as long', async () => {
    const [first = 0, second = 0] = await waits(refuses(500), refuses(500))
    expect(first).toBeGreaterThanOrEqual(375)
    expect(first).toBeLessThanOrEqual(625)
    expect(second).toBeGreaterThanOrEqual(750)
    expect(second).toBeLessThanOrEqual(1250)
  })

  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
    ['milliseconds', { 'retry-after-ms': '2500', 'retry-after': '9' }, 2500],
  ])('is what Retry-After says in %s', async (_, headers, expected) => {
    expect(await waits(refuses(429, '', headers as Record<string, string>))).toEqual([expected])
  })

  it("is what Google's retryDelay says", async () => {
    const details = [{ retryDelay: '26s' }]
    expect(await waits(refuses(429, { error: { code: 429, message: 'Later', details } }))).toEqual([26_000])
  })

  it('is not shorter than its own because Retry-After is', async () => {
    const [wait = 0] = await waits(refuses(429, '', { 'retry-after-ms': '1' }))
    expect(wait).toBeGreaterThanOrEqual(375)
  })

  it('does not happen where Retry-After asks for more than a minute', async () => {
    const { message, sentAfterMs } = await outcome([refuses(429, '', { 'retry-after': '61' }), answer])
    expect(sentAfterMs).toEqual([0])
    expect(message).toMatchObject({ error: { code: 'rate-limited', retryAfterMs: 61_000 } })
  })

  it('is announced, and its end as well', async () => {
    const { progress, sentAfterMs } = await outcome([refuses(429, '', { 'retry-after': '7' }), answer])
    expect(progress.filter((news) => 'retryAt' in news)).toMatchObject([
      { retryAt: begun + 7000 },
      { retryAt: undefined, headersAt: begun + 7000 },
    ])
    expect(sentAfterMs).toEqual([0, 7000])
  })

  it('ends at once at an abort, and nothing is sent again', async () => {
    const { fetch, sent } = scriptedFetch(refuses(429, '', { 'retry-after': '30' }), answer)
    const reply = startReply(fetch)
    await pass(1000)
    reply.abort()
    const { finishReason } = await reply.finished
    expect(finishReason).toBe('aborted')
    expect(Date.now() - begun).toBe(1000)
    expect(sent).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
