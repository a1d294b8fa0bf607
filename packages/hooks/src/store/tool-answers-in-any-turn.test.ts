import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type ManualChat, turn } from '../test-support/manual-chat.ts'
import { answer, callsOf, callTools, idOf, outputsIn, withTools } from '../test-support/tool-chat.ts'
import { tool } from './tool.ts'

// A call may be answered at any moment: while the reply it is in ends, or its tool runs.

beforeEach(() => {
  vi.useFakeTimers()
})

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('has the model go on, answered %i turns after it was told of', async (turns) => {
  const manual: ManualChat = withTools(
    { ask: tool({}) },
    {
      async onToolCall({ toolCall: { toolCallId } }) {
        for (let left = turns; left > 0; left--) await undefined
        void manual.chat.addToolOutput({ toolCallId, output: 42 })
      },
    },
  )
  void manual.chat.sendMessage('Hi')
  await callTools(manual, ['ask', {}])
  expect(await outputsIn(manual.provider.requests[1])).toEqual(['42'])
  await answer(manual, 'ok')
  expect(manual.chat.getState()).toMatchObject({ status: 'ready', messages: [{}, { content: 'ok' }] })
})

describe('a call that is answered while its tool is busy with it', () => {
  it('keeps that answer when the tool is done', async () => {
    let finish = (_: string) => {}
    const slow = tool({ execute: () => new Promise<string>((resolve) => (finish = resolve)) })
    const manual = withTools({ slow })
    void manual.chat.sendMessage('Hi')
    await callTools(manual, ['slow', {}])
    void manual.chat.addToolOutput({ toolCallId: idOf(manual), errorText: 'It took too long.' })
    finish('done')
    await turn()
    expect(callsOf(manual)[0]).not.toHaveProperty('output')
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['It took too long.'])
  })

  it('is not asked about when the tool would have had to', async () => {
    let decide = (_: boolean) => {}
    const pay = tool({ execute: vi.fn(), needsApproval: () => new Promise<boolean>((resolve) => (decide = resolve)) })
    const manual = withTools({ pay })
    void manual.chat.sendMessage('Hi')
    await callTools(manual, ['pay', {}])
    void manual.chat.addToolOutput({ toolCallId: idOf(manual), output: 'paid' })
    decide(true)
    await turn()
    expect(callsOf(manual)[0]?.state).toBe('output-available')
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['paid'])
  })
})
