import { describe, expect, it } from 'vitest'
import type { Part, ToolCallPart } from '../message.ts'
import { inputOf, toReplySteps } from './reply-steps.ts'

const text = (content: string): Part => ({ type: 'text', text: content, state: 'done' })
const call = (toolCallId: string, rest: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'look',
  argumentsText: '{"at":1}',
  state: 'output-available',
  ...rest,
})

describe('toReplySteps', () => {
  it('ends a step with the calls whose outcome the model knew when it went on', () => {
    const [a, one, two, b] = [text('a'), call('1'), call('2'), text('b')]
    expect(toReplySteps([a, one, two, b])).toEqual([
      { parts: [a, one, two], calls: [one, two] },
      { parts: [b], calls: [] },
    ])
  })

  it.each<Partial<ToolCallPart>>([
    { state: 'input-streaming' },
    { state: 'input-available' },
    { state: 'approval-requested' },
    { providerExecuted: true },
  ])('leaves out a call that is %j', (rest) => {
    expect(toReplySteps([text('a'), call('1', rest), text('b')])).toEqual([
      { parts: [text('a'), text('b')], calls: [] },
    ])
  })

  it('keeps a call that failed', () => {
    expect(toReplySteps([call('1', { state: 'output-error' })])[0]?.calls).toHaveLength(1)
  })
})

describe('inputOf', () => {
  it.each<[string, Partial<ToolCallPart>, unknown]>([
    ['the input that was read', { input: { at: 2 } }, { at: 2 }],
    ['the arguments', {}, { at: 1 }],
    ['an empty object for no arguments', { argumentsText: '' }, {}],
    ['an empty object for what is no JSON', { argumentsText: '{"at' }, {}],
  ])('is %s', (_, rest, expected) => {
    expect(inputOf(call('1', rest))).toEqual(expected)
  })
})
