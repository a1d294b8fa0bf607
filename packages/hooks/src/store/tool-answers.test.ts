import {
  allMessages,
  createMessage,
  findMessage,
  interruptMessage,
  type Message,
  type Part,
  type ToolCallPart,
} from '@millrace/core'
import { ollama } from '@millrace/core/wire'
import { callTool, createFakeProvider, inTurn, reply } from '@millrace/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { bodyOf, type ManualChat, turn } from '../test-support/manual-chat.ts'
import { add, answer, callsOf, callTools, idOf, outputsIn, withTools } from '../test-support/tool-chat.ts'
import type { ChatOptions } from './chat-options.ts'
import { tool } from './tool.ts'

// How calls get their outcomes that do not get them at once.

beforeEach(() => {
  vi.useFakeTimers()
})

describe('approval', () => {
  const careful = tool({ ...add, needsApproval: true })

  it('is asked for before the tool is run, and the chat waits', async () => {
    const manual = withTools({ careful })
    const reply = manual.chat.sendMessage('Hi')
    await callTools(manual, ['careful', { a: 1, b: 2 }])
    expect(await reply).toMatchObject({ finishReason: 'tool-calls' })
    expect(callsOf(manual)[0]?.state).toBe('approval-requested')
    expect(manual.chat.getState().status).toBe('ready')
  })

  it('has the tool run and the model go on in the same message', async () => {
    const manual = withTools({ careful })
    await Promise.all([manual.chat.sendMessage('Hi'), callTools(manual, ['careful', { a: 1, b: 2 }])])
    const reply = manual.chat.addToolApprovalResponse({ toolCallId: idOf(manual), approved: true })
    await answer(manual, 'Three.')
    expect(await reply).toMatchObject({ finishReason: 'stop', content: 'Three.' })
    expect(callsOf(manual)[0]).toMatchObject({ state: 'output-available', output: 3, approved: true })
  })

  it('is refused: the tool is not run, and the model is told why', async () => {
    const execute = vi.fn()
    const manual = withTools({ careful: tool({ execute, needsApproval: true }) })
    await Promise.all([manual.chat.sendMessage('Hi'), callTools(manual, ['careful', {}])])
    manual.chat.addToolApprovalResponse({ toolCallId: idOf(manual), approved: false, reason: 'Too dear.' })
    await turn()
    expect(execute).not.toHaveBeenCalled()
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['The user declined. Too dear.'])
  })

  it('given twice, by a double click say, has the tool run once', async () => {
    const execute = vi.fn(() => 'booked')
    const manual = withTools({ careful: tool({ execute, needsApproval: true }) })
    await Promise.all([manual.chat.sendMessage('Hi'), callTools(manual, ['careful', {}])])
    const approval = { toolCallId: idOf(manual), approved: true }
    void manual.chat.addToolApprovalResponse(approval)
    await turn()
    expect(await manual.chat.addToolApprovalResponse(approval)).toMatchObject({ parts: [{ output: 'booked' }] })
    await answer(manual, 'ok')
    await manual.chat.addToolApprovalResponse(approval)
    await turn()
    expect(execute).toHaveBeenCalledOnce()
    expect(manual.provider.requests).toHaveLength(2)
  })

  it('tells of no call again that was told of before', async () => {
    const onToolCall = vi.fn()
    const manual = withTools({ careful, ask: tool({}) }, { onToolCall })
    await Promise.all([manual.chat.sendMessage('Hi'), callTools(manual, ['careful', { a: 1, b: 2 }], ['ask', {}])])
    await manual.chat.addToolApprovalResponse({ toolCallId: idOf(manual), approved: true })
    expect(onToolCall).toHaveBeenCalledTimes(2)
  })

  it('may depend on the input', async () => {
    const manual = withTools({
      pay: tool({ execute: () => 'paid', needsApproval: ({ sum }: { sum: number }) => sum > 10 }),
    })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['pay', { sum: 5 }], ['pay', { sum: 50 }])
    expect(callsOf(manual).map(({ state }) => state)).toEqual(['output-available', 'approval-requested'])
    expect(manual.provider.requests).toHaveLength(1)
  })

  it.each([true, false])(
    'that is thought about until after a stop is not asked for, and nothing is run: %s',
    async (isNeeded) => {
      let decide = (_: boolean) => {}
      const needsApproval = () => new Promise<boolean>((resolve) => (decide = resolve))
      const execute = vi.fn()
      const manual = withTools({ pay: tool({ execute, needsApproval }) })
      manual.chat.sendMessage('Hi')
      await callTools(manual, ['pay', {}])
      manual.chat.stop()
      const stopped = manual.chat.getState().messages
      decide(isNeeded)
      await turn()
      expect(manual.chat.getState().messages).toBe(stopped)
      expect(execute).not.toHaveBeenCalled()
    },
  )

  it('is waited for from every call before the model goes on', async () => {
    const manual = withTools({ careful })
    await Promise.all([
      manual.chat.sendMessage('Hi'),
      callTools(manual, ['careful', { a: 1, b: 2 }], ['careful', { a: 3, b: 4 }]),
    ])
    await manual.chat.addToolApprovalResponse({ toolCallId: idOf(manual, 0), approved: true })
    expect(callsOf(manual).map(({ state }) => state)).toEqual(['output-available', 'approval-requested'])
    expect(manual.provider.requests).toHaveLength(1)
    manual.chat.addToolApprovalResponse({ toolCallId: idOf(manual, 1), approved: true })
    await turn()
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['3', '7'])
  })
})

describe('a tool that runs elsewhere', () => {
  it('is told of, and waits for its output', async () => {
    const onToolCall = vi.fn()
    const manual = withTools({ ask: tool({}) }, { onToolCall })
    const reply = manual.chat.sendMessage('Hi')
    await callTools(manual, ['ask', { question: 'Where?' }])
    expect(await reply).toMatchObject({ finishReason: 'tool-calls' })
    expect(onToolCall).toHaveBeenCalledExactlyOnceWith({
      toolCall: expect.objectContaining({ toolName: 'ask', input: { question: 'Where?' } }),
    })
    manual.chat.addToolOutput({ toolCallId: idOf(manual), output: 'Here.' })
    await turn()
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['Here.'])
  })

  it('may be answered from the callback', async () => {
    const manual: ManualChat = withTools(
      { ask: tool({}) },
      {
        onToolCall: ({ toolCall }) => void manual.chat.addToolOutput({ toolCallId: toolCall.toolCallId, output: 42 }),
      },
    )
    const reply = manual.chat.sendMessage('Hi')
    await callTools(manual, ['ask', {}])
    await answer(manual, 'ok')
    expect(await reply).toMatchObject({ finishReason: 'stop', content: 'ok' })
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['42'])
  })

  it('may fail as well', async () => {
    const manual = withTools({ ask: tool({}) })
    await Promise.all([manual.chat.sendMessage('Hi'), callTools(manual, ['ask', {}])])
    manual.chat.addToolOutput({ toolCallId: idOf(manual), errorText: 'Nobody is there.' })
    await turn()
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['Nobody is there.'])
  })

  it('has to exist', async () => {
    const { chat } = withTools({ ask: tool({}) })
    await expect(chat.addToolOutput({ toolCallId: 'nothing', output: 1 })).rejects.toThrow('No such tool call')
  })
})

describe('calls that a reply was left with', () => {
  const call = { type: 'tool-call', toolCallId: 'left', toolName: 'add', argumentsText: '{"a":1,"b":2}' } as const
  const open = { ...call, state: 'input-available', input: { a: 1, b: 2 } } as const

  /** A reply with these parts, whose page went away. */
  function leftChat(tools: ChatOptions['tools'], ...parts: Part[]) {
    const reply = createMessage({ role: 'assistant', parts, status: 'streaming' })
    return withTools(tools, { messages: [{ role: 'user', content: 'Hi' }, interruptMessage(reply)] })
  }

  it('are run, and the model goes on, when the reply is continued', async () => {
    const manual = leftChat({ add }, open)
    const reply = manual.chat.continueMessage()
    await turn()
    expect(await outputsIn(manual.provider.requests[0])).toEqual(['3'])
    await answer(manual, 'Three.')
    expect(await reply).toMatchObject({ finishReason: 'stop', parts: [{ output: 3 }, { text: 'Three.' }] })
    expect(manual.provider.requests).toHaveLength(1)
  })

  it('are not run again where they have their outcome: the model goes on with it', async () => {
    const execute = vi.fn()
    const manual = leftChat({ add: tool({ execute }) }, { ...open, state: 'output-available', output: 3 })
    const reply = manual.chat.continueMessage()
    await turn()
    expect(await outputsIn(manual.provider.requests[0])).toEqual(['3'])
    await answer(manual, 'Three.')
    expect(await reply).toMatchObject({ finishReason: 'stop', parts: [{ output: 3 }, { text: 'Three.' }] })
    expect(execute).not.toHaveBeenCalled()
  })

  it('go on waiting for a person, and nobody is asked without them', async () => {
    const manual = leftChat({ add: tool({}) }, open)
    expect(await manual.chat.continueMessage()).toMatchObject({ finishReason: 'tool-calls' })
    expect(manual.chat.getState().status).toBe('ready')
    expect(manual.provider.requests).toEqual([])
    manual.chat.addToolOutput({ toolCallId: 'left', output: 3 })
    await turn()
    expect(await outputsIn(manual.provider.requests[0])).toEqual(['3'])
  })

  it('are forgotten where they were half said: the model says them anew', async () => {
    const manual = leftChat({ add }, { ...call, argumentsText: '{"a":', state: 'input-streaming' })
    manual.chat.continueMessage()
    await callTools(manual, ['add', { a: 1, b: 2 }])
    expect((await bodyOf(manual.provider.requests[0])).messages).toHaveLength(1)
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['3'])
  })

  it('are run where a loop was ended and a person wants to go on', async () => {
    const manual = withTools({ add })
    const reply = manual.chat.sendMessage('Hi')
    for (let i = 0; i < 3; i++) await callTools(manual, ['add', { a: 1, b: 1 }])
    expect(await reply).toMatchObject({ error: { code: 'tool-loop' } })
    manual.chat.continueMessage()
    await turn()
    expect(await outputsIn(manual.provider.requests[3])).toEqual(['2', '2', '2'])
  })
})

describe('calls whose provider does not name them', () => {
  const executed = { plain: vi.fn(() => 'done'), careful: vi.fn(() => 'done') }
  const tools = {
    plain: tool({ execute: executed.plain }),
    careful: tool({ execute: executed.careful, needsApproval: true }),
  }
  const namelessChat = (...[first, ...others]: Parameters<typeof inTurn>) => {
    const { fetch } = createFakeProvider({ script: inTurn(first, ...others) })
    return withTools(tools, { wire: ollama, baseURL: 'http://model.test', fetch })
  }

  it('are told apart from those of the steps before', async () => {
    const { chat } = namelessChat(reply(callTool('plain')), reply(callTool('careful')), 'ok')
    const { parts } = await chat.sendMessage('Hi')
    expect(parts).toMatchObject([{ state: 'output-available' }, { state: 'approval-requested' }])
    const { toolCallId } = parts[1] as ToolCallPart
    await chat.addToolApprovalResponse({ toolCallId, approved: true })
    expect([executed.plain, executed.careful].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })

  it('are told apart from those of another model that answers too', async () => {
    const { chat } = namelessChat(reply(callTool('careful')), reply(callTool('careful')), 'ok')
    const { parts } = await chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    const { toolCallId } = parts[0] as ToolCallPart
    await chat.addToolApprovalResponse({ toolCallId, approved: true })
    const replies = allMessages(chat.getState()).filter(({ role }) => role === 'assistant')
    expect(replies.map(({ model, parts: [call] }) => [model, (call as ToolCallPart).state])).toEqual([
      ['model-a', 'output-available'],
      ['model-b', 'approval-requested'],
    ])
  })
})

it('approves a call of a reply that is not shown, which goes on where it is', async () => {
  const careful = tool({ ...add, needsApproval: true })
  const manual = withTools({ careful })
  const reply = manual.chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
  // The newest request is that of the second model.
  await callTools(manual, ['careful', { a: 1, b: 2 }])
  manual.chat.stop()
  const shown = await reply
  const hidden = allMessages(manual.chat.getState()).at(-1) as Message // of four
  const { toolCallId } = hidden.parts[0] as ToolCallPart
  manual.chat.addToolApprovalResponse({ toolCallId, approved: true })
  await turn()
  expect(await bodyOf(manual.provider.requests[2])).toMatchObject({ model: 'model-b' })
  await answer(manual, 'Three.')
  expect(findMessage(manual.chat.getState(), hidden.id)).toMatchObject({ content: 'Three.' })
  expect(manual.chat.getState().messages.at(-1)).toBe(shown)
})
