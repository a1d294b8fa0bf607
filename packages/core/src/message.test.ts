import { describe, expect, it, vi } from 'vitest'
import { createId, createMessage, type Part, textOf } from './message.ts'

describe('createMessage', () => {
  it('needs a role and text', () => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
    expect(createMessage({ role: 'user', content: 'Hi' })).toEqual({
      id: expect.any(String),
      role: 'user',
      parts: [{ type: 'text', text: 'Hi', state: 'done' }],
      content: 'Hi',
      status: 'done',
      createdAt: 1_700_000_000_000,
    })
    vi.useRealTimers()
  })

  it('puts the text before the other parts, and all text into the content', () => {
    const parts: Part[] = [
      { type: 'file', mediaType: 'image/png', url: 'https://a.test' },
      { type: 'text', text: ' there', state: 'done' },
    ]
    expect(createMessage({ role: 'user', content: 'Hi', parts })).toMatchObject({
      parts: [{ text: 'Hi' }, ...parts],
      content: 'Hi there',
    })
  })

  it('has no part where there is no text', () => {
    expect(createMessage({ role: 'assistant', content: '', status: 'pending' })).toMatchObject({
      parts: [],
      content: '',
      status: 'pending',
    })
  })

  it('keeps the id it is given', () => {
    expect(createMessage({ role: 'user', id: 'own' }).id).toBe('own')
  })
})

it('textOf joins text alone', () => {
  expect(
    textOf([
      { type: 'text', text: 'a', state: 'done' },
      { type: 'reasoning', text: 'Hm', state: 'done' },
      { type: 'text', text: 'b', state: 'streaming' },
    ]),
  ).toBe('ab')
})

it('createId makes another id each time', () => {
  expect(new Set(Array.from({ length: 1000 }, createId)).size).toBe(1000)
})
