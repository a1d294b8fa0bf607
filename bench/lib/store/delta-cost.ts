import type { MessageInit } from '@millrace/core'
import { createChat, type Pace } from '@millrace/hooks/store'
import { encodeReply } from '@millrace/testing'
import { collectGarbage } from '../collect-garbage.ts'
import { chunksOf, deltasOf, piecesOf } from './answer.ts'

/** Where a delta comes to. */
export interface Place {
  /** How many messages the thread has. */
  readonly messages: number
  /** How many characters of the answer are there. */
  readonly characters: number
}

export interface Cost {
  readonly microseconds: number
  readonly commits: number
}

export const timedDeltas = 2_000
const timed = piecesOf(encodeReply(chunksOf(deltasOf(timedDeltas))))
const earlierLength = 500

function threadOf(messages: number): MessageInit[] {
  return Array.from({ length: messages }, (_, index) => ({
    role: index % 2 ? 'assistant' : 'user',
    content: `Message ${index}.`,
  }))
}

/**
 * What each of many deltas costs that come at once, from bytes to the settled message. The thread and the answer so far
 * are there before, and are not timed.
 */
export async function costOfDelta({ messages, characters }: Place, pace: Pace): Promise<Cost> {
  let connect = (_: ReadableStreamDefaultController<Uint8Array>) => {}
  const connected = new Promise<ReadableStreamDefaultController<Uint8Array>>((resolve) => {
    connect = resolve
  })
  const fetch = async () => new Response(new ReadableStream({ start: connect }))
  const chat = createChat({ pace, fetch, messages: threadOf(messages) })
  const reply = chat.sendMessage('Hello')
  const server = await connected
  const earlier = Array.from({ length: characters / earlierLength }, () => 'x'.repeat(earlierLength))
  // Without its end: the answer goes on.
  for (const piece of piecesOf(encodeReply(chunksOf(earlier).slice(0, -1)))) server.enqueue(piece)
  const isThere = () => chat.getState().messages.at(-1)?.content.length === characters
  while (!isThere()) await new Promise((done) => setTimeout(done, 1))
  let commits = 0
  chat.subscribe(() => commits++)
  collectGarbage()
  const start = performance.now()
  for (const piece of timed) server.enqueue(piece)
  server.close()
  const { finishReason, content } = await reply
  const ms = performance.now() - start
  if (finishReason !== 'stop' || content.length !== characters + 5 * timedDeltas)
    throw new Error('The answer is not whole.')
  return { microseconds: (1000 * ms) / timedDeltas, commits }
}
