import { expect, it } from 'vitest'
import { pause, reply, say } from '../reply/reply.ts'
import { ask, piecesOf, readMessage } from '../test-support/ask.ts'
import { cutAt, cutEvery, cutRandomly } from './cut.ts'

const script = reply(say(['Chào ', 'bạn, ', '日本語 ', '🚀']))
const created = /"created":\d+/g

const wholeBody = async (options: Parameters<typeof ask>[0]) =>
  (await piecesOf(await ask(options))).join('').replace(created, '')

it('sends each event as a piece of its own', async () => {
  const pieces = await piecesOf(await ask({ script }))
  expect(pieces.length).toBe(8)
  expect(pieces.every((piece) => piece.startsWith('data: ') && piece.endsWith('\n\n'))).toBe(true)
})

it('joins what is due together before it cuts', async () => {
  expect(await piecesOf(await ask({ script, cut: (bytes) => [bytes] }))).toHaveLength(1)
})

it('does not join what a pause keeps apart', async () => {
  const paused = reply('a', pause(1), 'b')
  expect(await piecesOf(await ask({ script: paused, cut: (bytes) => [bytes] }))).toHaveLength(2)
})

it('sends the same bytes however they are cut', async () => {
  const expected = await wholeBody({ script })
  for (const cut of [cutEvery(1), cutEvery(7), cutAt(3, 400), cutRandomly(1), cutRandomly(2, 3)]) {
    expect(await wholeBody({ script, cut })).toBe(expected)
  }
})

it('is read as the same text when every character is cut', async () => {
  const message = await readMessage(await ask({ script, cut: cutEvery(1) }))
  expect(message.content).toBe('Chào bạn, 日本語 🚀')
})
