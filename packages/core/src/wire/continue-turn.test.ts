import { describe, expect, it } from 'vitest'
import { createMessage, type Part, type ToolCallPart } from '../message.ts'
import * as providers from '../providers/index.ts'
import type { Provider } from '../providers/provider.ts'
import { continueText } from './continue-turn.ts'
import * as wires from './index.ts'
import type { ChatRequest, WireFormat } from './wire-format.ts'

const user = createMessage({ role: 'user', content: 'Tell me.' })
const half = createMessage({ role: 'assistant', content: 'The wheel tur', finishReason: 'length' })
const call: ToolCallPart = {
  type: 'tool-call',
  toolCallId: 'a',
  toolName: 'look',
  argumentsText: '{}',
  state: 'output-available',
  output: 'Fog',
}

function bodyOf(wire: WireFormat, request: Partial<ChatRequest> = {}, baseURL = 'https://api.test/v1') {
  const asked = { model: 'm', messages: [user, half], continueLast: true, ...request }
  const { body } = wire.request(asked, { baseURL })
  return JSON.parse(JSON.stringify(body))
}

describe('a reply that goes on is asked for in a turn of the user', () => {
  it.each([
    ['openai-chat', wires.openaiChat, 'messages', { role: 'user', content: continueText }],
    ['openai-responses', wires.openaiResponses, 'input', { role: 'user', content: continueText }],
    ['anthropic', wires.anthropic, 'messages', { role: 'user', content: [{ type: 'text', text: continueText }] }],
    ['gemini', wires.gemini, 'contents', { role: 'user', parts: [{ text: continueText }] }],
    ['ui-message-stream', wires.uiMessageStream, 'messages', { role: 'user', parts: [{ text: continueText }] }],
    ['text', wires.text, 'messages', { role: 'user', content: continueText }],
  ] as const)('in %s', (_, wire, list, turn) => {
    const turns = bodyOf(wire)[list]
    expect(turns).toHaveLength(3)
    expect(turns[2]).toMatchObject(turn)
    expect(bodyOf(wire, { continueLast: false })[list]).toEqual(turns.slice(0, 2).map((each: object) => each))
  })

  it('in words of its own', () => {
    expect(bodyOf(wires.openaiChat, { continueLast: 'Go on.' }).messages.at(-1)).toEqual({
      role: 'user',
      content: 'Go on.',
    })
  })

  it.each<[string, readonly Part[]]>([
    ['the output of a tool', [{ type: 'text', text: 'Wait.', state: 'done' }, call]],
    ['nothing but a thought', [{ type: 'reasoning', text: 'Hm', state: 'done' }]],
    ['nothing', []],
  ])('but not where %s is last: that is gone on with anyway', (_, parts) => {
    const reply = createMessage({ role: 'assistant', parts })
    const { messages } = bodyOf(wires.openaiChat, { messages: [user, reply] })
    expect(messages.at(-1).content).not.toBe(continueText)
  })

  it('after the text that followed a tool', () => {
    const parts: readonly Part[] = [call, { type: 'text', text: 'There is fo', state: 'done' }]
    const { messages } = bodyOf(wires.openaiChat, { messages: [user, createMessage({ role: 'assistant', parts })] })
    expect(messages.slice(-2)).toEqual([
      { role: 'assistant', content: 'There is fo' },
      { role: 'user', content: continueText },
    ])
  })
})

describe('a reply that goes on is the last message, where the provider takes that', () => {
  const last = (provider: Provider, request?: Partial<ChatRequest>) =>
    bodyOf(provider.wire, request, provider.baseURL).messages.at(-1)
  const reply = { role: 'assistant', content: 'The wheel tur' }

  it('Ollama', () => {
    expect(last(providers.ollama)).toEqual(reply)
  })

  it('Mistral', () => {
    expect(last(providers.mistral)).toEqual({ ...reply, prefix: true })
    expect(last(providers.mistral, { continueLast: false })).toEqual(reply)
    expect(bodyOf(providers.mistral.wire)).not.toHaveProperty('stream_options')
  })

  it('vLLM', () => {
    const { wire } = providers.vllm
    expect(bodyOf(wire)).toMatchObject({ continue_final_message: true, add_generation_prompt: false })
    expect(bodyOf(wire).messages.at(-1)).toEqual(reply)
    expect(bodyOf(wire, { continueLast: false })).not.toHaveProperty('continue_final_message')
  })

  it('DeepSeek, at its beta', () => {
    const { wire, baseURL } = providers.deepseek
    const request = { model: 'm', messages: [user, half], continueLast: true }
    expect(wire.request(request, { baseURL }).url).toBe('https://api.deepseek.com/beta/chat/completions')
    expect(last(providers.deepseek)).toEqual({ ...reply, prefix: true })
    expect(wire.request({ ...request, continueLast: false }, { baseURL }).url).toBe(`${baseURL}/chat/completions`)
  })

  it('but not DeepSeek behind another address', () => {
    const { wire } = providers.deepseek
    expect(bodyOf(wire, {}, 'https://proxy.test/v1').messages.at(-1)).toEqual({ role: 'user', content: continueText })
  })

  it('and only text can be gone on with', () => {
    const messages = [user, createMessage({ role: 'assistant', parts: [call] })]
    expect(bodyOf(providers.mistral.wire, { messages }).messages.at(-1)).not.toHaveProperty('prefix')
    expect(bodyOf(providers.vllm.wire, { messages })).not.toHaveProperty('continue_final_message')
  })
})
