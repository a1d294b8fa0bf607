import { describe, expect, it } from 'vitest'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { done, event, finish, say, toolCalls } from '../test-support/openai-chat-events.ts'
import { openaiChat } from './openai-chat.ts'
import { withThinkTags } from './think-tags.ts'

const wire = withThinkTags(openaiChat)
/** What a reply holds whose text comes in these deltas. */
const partsOf = (...deltas: readonly string[]) =>
  messageFrom(chunksOf(deltas.map(say).join('') + finish() + done, { wire })).parts.map((part) =>
    'text' in part ? [part.type, part.text] : [part.type],
  )

describe('a text that begins with a thought in tags', () => {
  it('is reasoning, then text', () => {
    expect(partsOf('<think>Hm.</think>\n\nYes.')).toEqual([
      ['reasoning', 'Hm.'],
      ['text', 'Yes.'],
    ])
  })

  it('is the same however its deltas are cut', () => {
    const text = '\n<think>\nIs 1 < 2? </thin\n</think>\n\nYes, 1 < 2.'
    const whole = partsOf(text)
    for (let place = 1; place < text.length; place++)
      expect(partsOf(text.slice(0, place), text.slice(place))).toEqual(whole)
    expect(partsOf(...text)).toEqual(whole)
    expect(whole).toEqual([
      ['reasoning', '\nIs 1 < 2? </thin\n'],
      ['text', 'Yes, 1 < 2.'],
    ])
  })

  it('shows the thought as it comes', () => {
    expect(chunksOf(say('<think>Hm') + say('m</th'), { wire, lost: { cause: undefined } })).toMatchObject([
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-delta', text: 'm' },
      { type: 'reasoning-delta', text: '</th' },
      { type: 'error' },
      { type: 'message-end', finishReason: 'incomplete' },
    ])
  })

  it('goes on though a source is named in the middle of it, as search models do with their first words', () => {
    const named = event({ choices: [{ index: 0, delta: { content: '<think>Hm' } }], citations: ['https://a.test'] })
    const { parts } = messageOf(named + say('m.</think>Yes.') + finish() + done, { wire })
    expect(parts).toMatchObject([
      { type: 'reasoning', text: 'Hmm.' },
      { type: 'source', url: 'https://a.test' },
      { type: 'text', text: 'Yes.' },
    ])
  })

  it('has no part for a thought without a word', () => {
    expect(partsOf('<think></think>', 'Yes.')).toEqual([['text', 'Yes.']])
  })
})

describe('a text without such a thought', () => {
  it.each(['Yes.', ' <b>Yes</b>', '<thinking>', 'I <think> so</think>', '<', ' '.repeat(200)])('stays: %j', (text) => {
    expect(partsOf(text)).toEqual([['text', text]])
  })
})

it('is looked for again after a call', () => {
  const call = toolCalls({ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } })
  const { parts } = messageOf(say('Wait.') + call + say('<think>Hm.</think>Yes.') + finish() + done, { wire })
  expect(parts.map(({ type }) => type)).toEqual(['text', 'tool-call', 'reasoning', 'text'])
})
