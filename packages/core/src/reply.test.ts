import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Chunk } from './chunk.ts'
import type { Message } from './message.ts'
import { decodeReply, readReply } from './reply.ts'
import { bodyOf, encode, scriptedBody } from './test-support/bytes.ts'
import { collect } from './test-support/collect.ts'
import { everyCut, smallestPieces } from './test-support/cuts.ts'
import { choice, delta, done, finish, say, toolCalls } from './test-support/openai-chat-events.ts'
import type { WireFormatName } from './wire/wire-format.ts'

const wire = 'openai-chat'
const nowhere = 'morse' as WireFormatName // what a person who writes no types might pass

// A frozen clock: two readings of one reply have the same timing.
beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})

afterEach(() => {
  vi.useRealTimers()
})

/** All but the id, which is another one each time. */
async function read(body: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Partial<Message>> {
  const { id: _, ...message } = await readReply(body, { wire, ...(signal && { signal }) })
  return message
}

describe('readReply', () => {
  const fixtures: [string, string, object][] = [
    [
      'text and reasoning',
      `: ping\n\n${delta({ reasoning: 'Hm, 嗯' })}${say('Xin ')}${say('chào 👋')}${finish()}${done}`,
      { content: 'Xin chào 👋', finishReason: 'stop' },
    ],
    [
      'tool calls',
      toolCalls(
        { index: 0, id: 'a', function: { name: 'look', arguments: '{"at"' } },
        { index: 0, function: { arguments: ':1}' } },
      ) +
        finish('tool_calls') +
        done,
      { parts: [{ toolName: 'look', input: { at: 1 } }], finishReason: 'tool-calls' },
    ],
    [
      'usage and CRLF line ends',
      (say('a') + choice({ delta: {}, finish_reason: 'length' }, { usage: { prompt_tokens: 1 } }) + done).replaceAll(
        '\n',
        '\r\n',
      ),
      { content: 'a', usage: { inputTokens: 1 }, finishReason: 'length' },
    ],
    ['an error', `${say('a')}data: {"error":{"message":"é"}}\n\n`, { content: 'a', finishReason: 'error' }],
    ['half an event', `${say('a')}data: {"choices"`, { content: 'a', finishReason: 'incomplete' }],
    ['no stream', '<p>Nothing is here.</p>', { finishReason: 'error', error: { code: 'not-a-stream' } }],
  ]

  it.each(fixtures)('reads the same message wherever a body with %s is cut', async (_, body, expected) => {
    const bytes = encode(body)
    const whole = await read(bodyOf(bytes))
    expect(whole).toMatchObject(expected)
    for (const pieces of [...everyCut(bytes), smallestPieces(bytes)])
      expect(await read(bodyOf(...pieces))).toEqual(whole)
  })

  it('tells each chunk as it comes, the end last', async () => {
    const types: string[] = []
    await readReply(bodyOf(say('a') + finish() + done), { wire, onChunk: ({ type }) => types.push(type) })
    expect(types.filter((type) => type !== 'message-start')).toEqual(['text-delta', 'message-end'])
  })

  it('keeps the time of the reply', async () => {
    const body = scriptedBody()
    const startedAt = Date.now()
    const message = read(body.stream)
    await vi.advanceTimersByTimeAsync(100)
    body.send(say('a'))
    await vi.advanceTimersByTimeAsync(50)
    body.send(say('b'))
    await vi.advanceTimersByTimeAsync(5)
    body.send(finish() + done)
    expect((await message).timing).toEqual({
      startedAt,
      firstTokenAt: startedAt + 100,
      lastTokenAt: startedAt + 150,
      writingMs: 50,
      longestGapMs: 50,
      endedAt: startedAt + 155,
    })
  })

  it('does not reject where the connection is lost', async () => {
    const body = scriptedBody()
    const message = read(body.stream)
    const cause = new TypeError('terminated')
    body.send(say('Hi'))
    await vi.advanceTimersByTimeAsync(0)
    body.breakOff(cause)
    const { content, finishReason, error } = await message
    expect({ content, finishReason }).toEqual({ content: 'Hi', finishReason: 'incomplete' })
    expect(error?.cause).toBe(cause)
  })

  it('takes the model at its word where the connection is lost afterwards', async () => {
    const body = scriptedBody()
    const message = read(body.stream)
    body.send(say('Hi') + finish())
    await vi.advanceTimersByTimeAsync(0)
    body.breakOff()
    expect(await message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
  })

  it('rejects with a TypeError for a wire format that does not exist', async () => {
    await expect(readReply(bodyOf(), { wire: nowhere })).rejects.toThrow(TypeError)
  })
})

describe('an abort', () => {
  it.each([
    ['before the first byte', ''],
    ['between two pieces', say('Hi')],
    ['inside an event', `${say('Hi')}data: {"choices":[]}`],
  ])('%s ends the reply as aborted, without an error', async (_, before) => {
    const body = scriptedBody()
    const controller = new AbortController()
    const message = read(body.stream, controller.signal)
    if (before) body.send(before)
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    expect(await message).toMatchObject({ content: before && 'Hi', finishReason: 'aborted', status: 'done' })
    expect(await message).not.toHaveProperty('error')
    expect(body.isCancelled()).toBe(true)
  })

  it('before the start reads nothing', async () => {
    const body = scriptedBody()
    expect(await read(body.stream, AbortSignal.abort())).toMatchObject({ content: '', finishReason: 'aborted' })
    expect(body.pulls()).toBe(0)
    expect(body.isCancelled()).toBe(true)
  })

  it('drops the event that has no blank line yet', async () => {
    const body = scriptedBody()
    const controller = new AbortController()
    const message = read(body.stream, controller.signal)
    body.send(say('Hi') + say(' there').trimEnd())
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    expect((await message).content).toBe('Hi')
  })

  it('between two chunks that came together holds back the second', async () => {
    const controller = new AbortController()
    const chunks: Chunk[] = []
    const body = bodyOf(say('a') + say('b') + finish() + done)
    for await (const chunk of decodeReply(body, { wire, signal: controller.signal })) {
      chunks.push(chunk)
      if (chunk.type === 'text-delta') controller.abort()
    }
    expect(chunks.filter(({ type }) => type === 'text-delta')).toEqual([{ type: 'text-delta', text: 'a' }])
    expect(chunks.at(-1)).toEqual({ type: 'message-end', finishReason: 'aborted' })
  })

  it('after the end changes nothing', async () => {
    const controller = new AbortController()
    const message = await read(bodyOf(say('Hi') + finish() + done), controller.signal)
    controller.abort()
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
  })

  it('counts once, however often it is called', async () => {
    const body = scriptedBody()
    const controller = new AbortController()
    const chunks: Chunk[] = []
    const message = readReply(body.stream, { wire, signal: controller.signal, onChunk: (chunk) => chunks.push(chunk) })
    controller.abort()
    controller.abort()
    await message
    expect(chunks).toEqual([{ type: 'message-end', finishReason: 'aborted' }])
  })
})

describe('decodeReply', () => {
  it('throws a TypeError at the call for a wire format that does not exist', () => {
    expect(() => decodeReply(bodyOf(), { wire: nowhere })).toThrow(TypeError)
  })

  it('ends in one message-end', async () => {
    const chunks = await collect(decodeReply(bodyOf(say('Hi') + finish() + done), { wire }))
    expect(chunks.filter(({ type }) => type === 'message-end')).toEqual([chunks.at(-1)])
  })

  it('cancels and releases the body of a loop that is left', async () => {
    const body = scriptedBody()
    body.send(say('Hi'))
    for await (const _ of decodeReply(body.stream, { wire })) break
    expect(body.isCancelled()).toBe(true)
    expect(body.stream.locked).toBe(false)
  })
})
