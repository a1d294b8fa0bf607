import { describe, expect, it, vi } from 'vitest'
import type { Chunk } from './chunk.ts'
import { decodeBody } from './decode-body.ts'
import { ChatError } from './errors.ts'
import { bodyOf, encode, scriptedBody } from './test-support/bytes.ts'
import { collect } from './test-support/collect.ts'
import { done, finish, say } from './test-support/openai-chat-events.ts'
import { openaiChat } from './wire/openai-chat.ts'
import { text } from './wire/text.ts'

const end = finish() + done
const decode = (body: ReadableStream<Uint8Array>, signal?: AbortSignal) =>
  decodeBody(body, openaiChat.createDecoder(), signal)
const textOf = (chunks: readonly Chunk[] | undefined) =>
  chunks?.map((chunk) => ('text' in chunk ? chunk.text : '')).join('')

describe('the chunks of a body', () => {
  it('stay together as they came', async () => {
    const pieces = await collect(decode(bodyOf(say('a') + say('b'), say('c') + end)))
    expect(pieces.map(textOf)).toEqual(['ab', 'c'])
  })

  it('are not read ahead of whoever reads them', async () => {
    let pulls = 0
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      pulls++
      controller.enqueue(encode(say('a')))
    }
    const pieces = decode(new ReadableStream({ pull }, { highWaterMark: 0 }))
    expect(pulls).toBe(0)
    for (const expected of [1, 2, 3]) {
      await pieces.next()
      expect(pulls).toBe(expected)
    }
    await pieces.return()
  })

  it('make no piece where bytes say nothing', async () => {
    const pieces = await collect(decode(bodyOf(': ping\n\n', say('a'), ': ping\n\n', end)))
    expect(pieces.map(textOf)).toEqual(['a', ''])
  })

  it('end with the terminator, though the connection stays open', async () => {
    const body = scriptedBody()
    body.send(say('a') + end)
    const pieces = await collect(decode(body.stream))
    expect(pieces.at(-1)?.at(-1)).toEqual({ type: 'message-end', finishReason: 'stop' })
    expect(body.isCancelled()).toBe(true)
  })

  it('end well though cancelling the rest fails', async () => {
    const body = scriptedBody(() => Promise.reject(new Error('no')))
    body.send(say('a') + end)
    expect((await collect(decode(body.stream))).at(-1)?.at(-1)).toEqual({
      type: 'message-end',
      finishReason: 'stop',
    })
  })

  it('end without the bytes that a half character left over at an abort', async () => {
    const controller = new AbortController()
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        if (stream.desiredSize) stream.enqueue(encode('ế').slice(0, 2))
        controller.abort()
      },
    })
    const pieces = collect(decodeBody(body, text.createDecoder(), controller.signal))
    expect((await pieces).flat()).toMatchObject([
      { type: 'error' },
      { type: 'message-end', finishReason: 'incomplete' },
    ])
  })
})

describe('the signal', () => {
  it('is not listened to after the end', async () => {
    const controller = new AbortController()
    const added = vi.spyOn(controller.signal, 'addEventListener')
    const removed = vi.spyOn(controller.signal, 'removeEventListener')
    await collect(decode(bodyOf(say('a') + end), controller.signal))
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    )
  })

  it('ends it like a lost connection, for the reason it gives', async () => {
    const controller = new AbortController()
    const pieces = collect(decode(scriptedBody().stream, controller.signal))
    const error = new ChatError('stalled')
    controller.abort(error)
    expect((await pieces).flat()).toEqual([
      { type: 'error', error },
      { type: 'message-end', finishReason: 'incomplete' },
    ])
  })
})

describe('the watchdog', () => {
  it('is told when bytes are waited for and when they came', async () => {
    const calls: string[] = []
    const watchdog = { waiting: () => calls.push('waiting'), arrived: () => calls.push('arrived') }
    const pieces = decodeBody(bodyOf(say('a'), end), openaiChat.createDecoder(), undefined, watchdog)
    await pieces.next()
    expect(calls).toEqual(['waiting', 'arrived'])
    await pieces.next()
    expect(calls).toEqual(['waiting', 'arrived', 'waiting', 'arrived'])
  })
})
