import { expect, it } from 'vitest'
import { flattenThread, unflattenThread } from './flat-thread.ts'
import { createMessage, type Message } from './message.ts'
import { addMessage, createThread, selectBranch, siblingsOf } from './thread.ts'

const message = (id: string, createdAt = 0): Message => createMessage({ id, role: 'user', content: id, createdAt })
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id).join(' ')
const forked = addMessage(createThread(['a', 'b', 'c'].map((id) => message(id))), message('d'), 'a')

it('names each message with the one before it, and what is shown at each fork', () => {
  const { messages, shown } = flattenThread(forked)
  const places = messages.map(({ message: { id }, parentId, place }) => [id, parentId, place])
  expect(places).toEqual([
    ['a', '', 0],
    ['d', 'a', 1],
    ['b', 'a', 0],
    ['c', 'b', 0],
  ])
  expect(shown).toEqual(['d'])
})

it('grows the same thread again, in whatever order the messages come', () => {
  const { messages, shown } = flattenThread(forked)
  expect(unflattenThread({ messages: messages.toReversed(), shown })).toEqual(forked)
})

it('keeps the messages themselves', () => {
  expect(unflattenThread(flattenThread(forked)).messages[0]).toBe(forked.messages[0])
})

it('makes branches of messages that were added at the same place, in the order of their time', () => {
  const first = { message: message('first', 1), parentId: '', place: 0 }
  const second = { message: message('second', 2), parentId: '', place: 0 }
  const thread = unflattenThread({ messages: [second, first], shown: [] })
  expect(siblingsOf(thread, 'first')).toEqual(['first', 'second'])
  expect(ids(thread.messages)).toBe('second')
  expect(ids(selectBranch(thread, 'first', 0).messages)).toBe('first')
})

it('loses no message whose parent is gone', () => {
  const { messages, shown } = flattenThread(forked)
  const thread = unflattenThread({ messages: messages.filter((each) => each.message.id !== 'b'), shown })
  expect(ids(selectBranch(thread, 'a', 1).messages)).toBe('c')
})
