// @vitest-environment jsdom
import type { Chunk, Message } from '@millrace/core'
import { cutEvery, encodeReply } from '@millrace/testing'
import { act, renderHook } from '@testing-library/react'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatOptions } from '../store/chat-options.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { renderChat } from '../test-support/render-chat.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

// What the architecture promises, through the whole hook. Frames are in the test beside this one, in Chromium.

const unhandled: unknown[] = []
const noteUnhandled = (reason: unknown) => unhandled.push(reason)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  process.on('unhandledRejection', noteUnhandled)
})
afterEach(() => {
  process.off('unhandledRejection', noteUnhandled)
  vi.useRealTimers()
  vi.restoreAllMocks()
  expect(unhandled.splice(0)).toEqual([])
})

const say = (text: string): Chunk => ({ type: 'text-delta', text })

describe('invariant 1: a settled message and each of its parts keep identity while another streams', () => {
  it('in what the hook hands out, render after render', async () => {
    const { result, send, emit, provider } = renderChat()
    await send('First')
    await emit({ type: 'reasoning-delta', text: 'Hm' }, say('One.'))
    await act(async () => provider.finish('stop'))
    await act(turn)
    await send('Second')
    const settled = result.current.messages.slice(0, 3)
    const parts = settled.flatMap((message) => message.parts)
    for (let i = 0; i < 5; i++) {
      await emit(say('x'))
      expect(result.current.messages.at(-1)?.content).toHaveLength(i + 1)
      expect(result.current.messages.slice(0, 3).every((message, place) => message === settled[place])).toBe(true)
    }
    expect(settled.flatMap((message) => message.parts).every((part, place) => part === parts[place])).toBe(true)
  })

  it('down to the finished parts of the reply that streams', async () => {
    const { result, send, emit } = renderChat()
    await send('Hi')
    await emit({ type: 'reasoning-delta', text: 'Hm' }, say('a'))
    const [thought] = result.current.messages.at(-1)?.parts ?? []
    await emit(say('b'))
    expect(result.current.messages.at(-1)?.parts[0]).toBe(thought)
  })
})

describe('invariant 2: at most one store commit per frame, the first token is committed at once, the last flush is exact', () => {
  it('where the frames are counted by hand', async () => {
    const frames: FrameRequestCallback[] = []
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
    vi.stubGlobal('cancelAnimationFrame', () => {})
    const { result, send, emit, provider } = renderChat({ pace: 'frame' })
    await send('Hi')
    let commits = 0
    result.current.chat.store.subscribe(() => commits++)
    await emit(say('a'))
    expect([commits, result.current.messages.at(-1)?.content]).toEqual([1, 'a'])
    for (const text of ['b', 'c', 'd']) await emit(say(text))
    expect([commits, result.current.messages.at(-1)?.content]).toEqual([1, 'a'])
    act(() => frames.splice(0).forEach((frame) => void frame(0)))
    expect([commits, result.current.messages.at(-1)?.content]).toEqual([2, 'abcd'])
    await emit(say('e'))
    await act(async () => provider.finish('stop'))
    await act(turn)
    expect([commits, result.current.messages.at(-1)?.content]).toEqual([3, 'abcde'])
    vi.unstubAllGlobals()
  })
})

describe('invariant 3: for any cut of the bytes the final message is the same', () => {
  const chunks: Chunk[] = [
    { type: 'message-start', model: 'm' },
    { type: 'reasoning-delta', text: 'Để xem… ' },
    { type: 'reasoning-delta', text: '水👨‍👩‍👧' },
    say('Xin chào, '),
    say('世界! "quoted"\n\n'),
    { type: 'tool-call-start', toolCallId: 'c1', toolName: 'weather' },
    { type: 'tool-call-delta', toolCallId: 'c1', argumentsText: '{"city":"Hà' },
    { type: 'tool-call-delta', toolCallId: 'c1', argumentsText: ' Nội"}' },
    { type: 'tool-call-end', toolCallId: 'c1' },
    { type: 'usage', usage: { inputTokens: 5, outputTokens: 7, totalTokens: 12 } },
    { type: 'message-end', finishReason: 'tool-calls' },
  ]
  const body = encodeReply(chunks)

  /** What the reply is, but for its id and its times. */
  async function replyIn(pieces: readonly Uint8Array[]): Promise<Partial<Message>> {
    const fetch = async () => {
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece)
          controller.close()
        },
      })
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
    }
    const { result, unmount } = renderHook(() => {
      const chat = useStreamingChat({ ...offlineOptions, fetch, retry: { attempts: 0 }, pace: 'chunk' })
      return { chat, messages: chat.messages }
    })
    await act(async () => void (await result.current.chat.sendMessage('Hi')))
    const { id: _id, createdAt: _createdAt, timing: _timing, ...reply } = result.current.messages.at(-1) as Message
    unmount()
    const parts = reply.parts.map((part) => ({ ...part, durationMs: undefined }))
    return { ...reply, parts }
  }

  beforeEach(() => {
    vi.useRealTimers()
  })

  it('byte by byte, and in pieces of any length', async () => {
    const whole = await replyIn([body])
    expect(whole).toMatchObject({ content: 'Xin chào, 世界! "quoted"\n\n', finishReason: 'tool-calls', status: 'done' })
    for (const length of [1, 2, 3, 5, 7, 64, 333]) expect(await replyIn(cutEvery(length)(body, 0))).toEqual(whole)
  })

  it('wherever it is cut', async () => {
    const whole = await replyIn([body])
    const places = fc.uniqueArray(fc.integer({ min: 1, max: body.length - 1 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), body.length]
        const pieces = edges.slice(1).map((end, place) => body.subarray(edges[place], end))
        expect(await replyIn(pieces)).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })
})

describe('invariant 4: a retry never follows a delivered token', () => {
  it('not when the connection is lost, the body closes or the server fails after the first one', async () => {
    for (const end of ['lose', 'finish', 'error'] as const) {
      const { provider, result, send, emit, unmount } = renderChat({ retry: { attempts: 3 } })
      await send('Hi')
      await emit(say('a'))
      if (end === 'lose') await act(async () => provider.lose())
      else if (end === 'finish') await act(async () => provider.finish())
      else provider.failNext(500)
      await act(async () => void (await vi.advanceTimersByTimeAsync(60_000)))
      expect(provider.requests).toHaveLength(1)
      expect(result.current.messages.at(-1)).toMatchObject({ content: 'a', finishReason: 'incomplete' })
      unmount()
    }
  })

  it('but before it, it does', async () => {
    const { provider, result, send, emit } = renderChat({ retry: { attempts: 1 } })
    provider.failNext(503)
    await send('Hi')
    await act(async () => void (await vi.advanceTimersByTimeAsync(10_000)))
    expect(provider.requests).toHaveLength(2)
    await emit(say('a'))
    expect(result.current.messages.at(-1)?.content).toBe('a')
  })
})

describe('invariant 5: after stop() nothing is appended, the partial answer stays, the request is cancelled, status is ready', () => {
  it.each(['before the first token', 'in the middle'] as const)('%s', async (moment) => {
    const { provider, result, send, emit } = renderChat()
    await send('Hi')
    const partial = moment === 'in the middle' ? 'Hel' : ''
    if (partial) await emit(say(partial))
    act(() => result.current.chat.stop())
    expect(result.current.status).toBe('ready')
    await emit(say('lo'))
    expect(result.current.messages.at(-1)).toMatchObject({ content: partial, finishReason: 'aborted', status: 'done' })
    expect(provider.cancelled).toBe(1)
    expect(result.current.status).toBe('ready')
  })
})

describe('invariant 6: unmount, StrictMode double mount and fast id changes leave no running request and no lost update', () => {
  it.each([false, true])('unmounting in the middle of a reply, StrictMode: %s', async (strict) => {
    const { provider, send, emit, unmount } = renderChat({}, strict)
    await send('Hi')
    await emit(say('a'))
    unmount()
    await turn()
    expect(provider.requests).toHaveLength(1)
    expect(provider.cancelled).toBe(1)
  })

  it('unmounting while the files of a message are read', async () => {
    let finish = (_: []) => {}
    const read = new Promise<[]>((resolve) => (finish = resolve))
    const { provider, result, unmount } = renderChat({ attachments: () => read })
    const sent = result.current.chat.sendMessage({ text: 'See', files: [new Blob(['x'])] })
    unmount()
    finish([])
    expect(await sent).toMatchObject({ finishReason: 'aborted' })
    await turn()
    expect(provider.requests).toHaveLength(0)
  })

  it('changing the id in the middle of replies, and back under way', async () => {
    const { provider, result, send, emit, rerender } = renderChat({ id: 'a' }, true)
    for (const id of ['b', 'a', 'c']) {
      await send('Hi')
      await emit(say('x'))
      rerender({ id })
      await act(turn)
    }
    expect(provider.requests).toHaveLength(3)
    expect(provider.cancelled).toBe(3)
    await send('Last')
    await emit(say('seen'))
    expect(result.current.messages.map(({ content }) => content)).toEqual(['Last', 'seen'])
  })
})

describe('invariant 7: options may change identity on every render; the latest callbacks are used', () => {
  it('and the latest model, key and headers for the next message', async () => {
    const { provider, send, emit, rerender } = renderChat()
    const seen: string[] = []
    const changes = (n: number): ChatOptions => ({
      headers: { 'x-n': `${n}` },
      onChunk: (chunk) => void seen.push(`${n} ${chunk.type}`),
      onFinish: ({ finishReason }) => void seen.push(`${n} ${finishReason}`),
    })
    rerender(changes(1))
    await send('Hi')
    rerender(changes(2))
    await emit(say('a'))
    rerender(changes(3))
    await act(async () => provider.finish('stop'))
    await act(turn)
    await send('Again')
    expect(seen).toContain('2 text-delta')
    expect(seen.at(-1)).toBe('3 stop')
    expect(provider.requests.map(({ headers }) => headers.get('x-n'))).toEqual(['1', '3'])
  })
})

describe('invariant 8: cost of a delta does not depend on the number of messages, nor on the length of the answer', () => {
  /** How often settled messages are looked at, and how much of the reply's text, for one more delta. */
  async function workOfDelta(messages: number, characters: number) {
    let looks = 0
    const settled = Array.from({ length: messages }, (_, place) => {
      const message = { id: `m${place}`, role: 'user', parts: [], content: '', status: 'done', createdAt: 0 } as const
      return new Proxy<Message>(message, {
        get(target, name) {
          looks++
          return target[name as keyof Message]
        },
      })
    })
    const { send, emit, result, unmount } = renderChat({ messages: settled })
    await send('Hi')
    await emit(say('x'.repeat(characters)))
    const counts: number[] = []
    // Whatever goes through a text goes through one of these.
    for (const name of ['slice', 'indexOf', 'charCodeAt', 'split', 'replace', 'search', 'match'] as const) {
      const original = String.prototype[name] as (this: string, ...args: unknown[]) => unknown
      vi.spyOn(String.prototype, name as 'slice').mockImplementation(function count(this: string, ...args: unknown[]) {
        counts.push(this.length)
        return original.apply(this, args) as string
      })
    }
    looks = 0
    await emit(say('y'))
    vi.restoreAllMocks()
    const work = { looks, longestText: Math.max(0, ...counts) }
    expect(result.current.messages.at(-1)?.content).toHaveLength(characters + 1)
    unmount()
    return work
  }

  it('counted in looks at messages and in characters read', async () => {
    const short = await workOfDelta(1, 10)
    const long = await workOfDelta(1000, 100_000)
    expect(long).toEqual(short)
    expect(long.looks).toBe(0)
  })
})
