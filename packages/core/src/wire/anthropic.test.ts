import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { event } from '../test-support/openai-chat-events.ts'
import { anthropic } from './anthropic.ts'

const wire = anthropic
const read = (body: string) => messageOf(body, { wire })

const start = (message: object = {}) =>
  event({ type: 'message_start', message: { id: 'msg_1', model: 'claude-m', content: [], ...message } })
const open = (content_block: object, index = 0) => event({ type: 'content_block_start', index, content_block })
const delta = (content: object, index = 0) => event({ type: 'content_block_delta', index, delta: content })
const stop = (index = 0) => event({ type: 'content_block_stop', index })
const block = (content: object, deltas: string, index = 0) => open(content, index) + deltas + stop(index)
const say = (text: string, index = 0) => delta({ type: 'text_delta', text }, index)
const think = (thinking: string) => delta({ type: 'thinking_delta', thinking })
const sign = (signature: string) => delta({ type: 'signature_delta', signature })
const input = (partial_json: string, index = 0) => delta({ type: 'input_json_delta', partial_json }, index)
const toolUse = (id = 'toolu_1', type = 'tool_use') => ({ type, id, name: 'look', input: {} })
const finish = (stop_reason: string | null = 'end_turn', beside: object = {}) =>
  event({ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, ...beside })
const done = event({ type: 'message_stop' })
const end = finish() + done
const callEnd = { type: 'tool-call-end', toolCallId: 'toolu_1' }

describe('text', () => {
  it('is the text of the deltas, joined', () => {
    const body = start() + block({ type: 'text', text: '' }, say('Hel') + say('lo, 👋')) + end
    expect(read(body)).toMatchObject({
      content: 'Hello, 👋',
      parts: [{ type: 'text', state: 'done' }],
      model: 'claude-m',
      metadata: { responseId: 'msg_1' },
      finishReason: 'stop',
    })
  })

  it('may begin in the start of its block', () => {
    expect(read(start() + block({ type: 'text', text: 'Hel' }, say('lo')) + end).content).toBe('Hello')
  })

  it.each([' ', '0'])('may be %j alone', (text) => {
    expect(read(start() + block({ type: 'text', text: '' }, say(text)) + end).content).toBe(text)
  })

  it('goes on from one block to the next', () => {
    const second = block({ type: 'text', text: '' }, say('b', 1), 1)
    expect(read(start() + block({ type: 'text', text: '' }, say('a')) + second + end).parts).toMatchObject([
      { type: 'text', text: 'ab' },
    ])
  })

  it('is read from events that are named, padded with spaces and mixed with pings', () => {
    const padded = 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":'
    const ping = 'event: ping\ndata: {"type": "ping"}\n\n'
    const body = `${ping}${padded}{"type":"text_delta","text":"Hi"}    }\n\n${ping}`
    expect(read(start() + ping + open({ type: 'text', text: '' }) + body + end).content).toBe('Hi')
  })

  it.each([
    ['event', event({ type: 'something_new', text: 'No' })],
    ['block', block({ type: 'something_new', text: 'No' }, '')],
    ['delta', delta({ type: 'something_new', text: 'No' })],
    ['block that marks another model', block({ type: 'fallback', to: { model: 'claude-n' } }, '')],
    ['compaction', block({ type: 'compaction' }, delta({ type: 'compaction_delta', content: 'No' }))],
    [
      'result of a provider’s tool',
      block({ type: 'web_search_tool_result', content: [{ url: 'https://a.test' }] }, ''),
    ],
  ])('is none in an unknown or silent %s', (_, unknown) => {
    expect(read(start() + unknown + end)).toMatchObject({ parts: [], finishReason: 'stop' })
  })
})

describe('reasoning', () => {
  it('comes with the signature that follows it', () => {
    const body = start() + block({ type: 'thinking', thinking: '', signature: '' }, think('Hm') + sign('sig')) + end
    expect(read(body).parts).toEqual([{ type: 'reasoning', text: 'Hm', signature: 'sig', state: 'done' }])
  })

  it('may be a signature alone', () => {
    expect(read(start() + block({ type: 'thinking', thinking: '' }, sign('sig')) + end).parts).toEqual([
      { type: 'reasoning', text: '', signature: 'sig', state: 'done' },
    ])
  })

  it('that is kept secret is kept for the way back', () => {
    expect(read(start() + block({ type: 'redacted_thinking', data: 'abc' }, '') + end).parts).toMatchObject([
      { type: 'reasoning', text: '', signature: 'redacted:abc' },
    ])
  })
})

describe('tool calls', () => {
  it('have the arguments of their deltas, joined', () => {
    const body = start() + block(toolUse(), input('') + input('{"a":') + input('1}')) + finish('tool_use') + done
    expect(read(body)).toMatchObject({
      parts: [
        {
          type: 'tool-call',
          toolCallId: 'toolu_1',
          toolName: 'look',
          argumentsText: '{"a":1}',
          input: { a: 1 },
          state: 'input-available',
        },
      ],
      finishReason: 'tool-calls',
    })
  })

  it('have empty arguments where none come', () => {
    expect(read(start() + block(toolUse(), input('')) + finish('tool_use') + done).parts).toMatchObject([
      { argumentsText: '', input: {}, state: 'input-available' },
    ])
  })

  it('may have their arguments in the start of the block', () => {
    const body = start() + block({ ...toolUse(), input: { a: 1 } }, '') + finish('tool_use') + done
    expect(read(body).parts).toMatchObject([{ argumentsText: '{"a":1}', input: { a: 1 } }])
  })

  it('have their arguments once where the start and the deltas hold them', () => {
    const body = start() + block({ ...toolUse(), input: { a: 1 } }, input('{"a":1}')) + finish('tool_use') + done
    expect(read(body).parts).toMatchObject([{ argumentsText: '{"a":1}' }])
  })

  it('are told apart by the index of their block', () => {
    const blocks = open(toolUse('a'), 0) + open(toolUse('b'), 1) + input('{"a":0}', 0) + input('{"b":1}', 1)
    expect(read(start() + blocks + stop(0) + stop(1) + finish('tool_use') + done).parts).toMatchObject([
      { toolCallId: 'a', input: { a: 0 } },
      { toolCallId: 'b', input: { b: 1 } },
    ])
  })

  it('make a stop a tool-calls', () => {
    expect(read(start() + block(toolUse(), '') + end).finishReason).toBe('tool-calls')
  })

  it.each(['server_tool_use', 'mcp_tool_use'])(
    'of type %s are run by the provider, and the reply just stops',
    (type) => {
      const body =
        start() + block(toolUse('srv_1', type), input('{"q":1}')) + block({ type: 'text', text: 'Hi' }, '', 1)
      expect(read(body + end)).toMatchObject({
        parts: [
          { toolCallId: 'srv_1', providerExecuted: true, input: { q: 1 }, state: 'input-available' },
          { text: 'Hi' },
        ],
        finishReason: 'stop',
      })
    },
  )

  it('are whole once another block begins', () => {
    const chunks = chunksOf(start() + block(toolUse(), input('{}')) + open({ type: 'text', text: 'Hi' }, 1), { wire })
    expect(chunks).toContainEqual(callEnd)
  })

  const called = start() + open(toolUse()) + input('{"a":1')
  it.each([
    ['by the token limit', called + finish('max_tokens') + done],
    ['by the token limit, though their block is stopped', called + stop() + finish('max_tokens') + done],
    ['by a refusal', called + stop() + finish('refusal') + done],
    ['by the end of the body', called],
    ['by the end of the body after their block', called + stop()],
    ['by an error', called + stop() + event({ type: 'error', error: { type: 'api_error', message: 'Oh' } })],
  ])('that are cut short %s are never whole', (_, body) => {
    expect(chunksOf(body, { wire })).not.toContainEqual(callEnd)
    expect(read(body).parts).toMatchObject([{ state: 'input-streaming' }])
  })

  it('are whole at the end where nobody stopped their block', () => {
    expect(read(start() + open(toolUse()) + finish('tool_use') + done).parts).toMatchObject([
      { state: 'input-available' },
    ])
  })
})

describe('sources', () => {
  const cite = (citation: object) => delta({ type: 'citations_delta', citation })

  it('are the pages that are cited, each once', () => {
    const page = { type: 'web_search_result_location', url: 'https://a.test', title: 'A', cited_text: 'a' }
    const body = start() + block({ type: 'text', text: '', citations: [] }, cite(page) + say('a') + cite(page)) + end
    expect(read(body).parts.filter(({ type }) => type === 'source')).toEqual([
      { type: 'source', url: 'https://a.test', title: 'A' },
    ])
  })

  it('are none where a document without an address is cited', () => {
    const body = start() + block({ type: 'text', text: '' }, cite({ type: 'char_location', document_index: 0 })) + end
    expect(read(body).parts).toEqual([])
  })
})

describe('usage', () => {
  it('is cumulative: what comes later replaces, and what is missing stays', () => {
    const first = { input_tokens: 10, cache_read_input_tokens: 4, output_tokens: 1 }
    const body =
      start({ usage: first }) + finish('end_turn', { usage: { input_tokens: null, output_tokens: 7 } }) + done
    expect(read(body).usage).toEqual({ inputTokens: 10, outputTokens: 7, totalTokens: 17, cachedInputTokens: 4 })
  })

  it('may count more input in the end, when the provider’s tools have read', () => {
    const body = start({ usage: { input_tokens: 10, output_tokens: 1 } })
    const last = { usage: { input_tokens: 90, output_tokens: 7 } }
    expect(read(body + finish('end_turn', last) + done).usage).toEqual({
      inputTokens: 90,
      outputTokens: 7,
      totalTokens: 97,
    })
  })

  it('is known of a reply that broke off', () => {
    expect(read(start({ usage: { input_tokens: 10, output_tokens: 1 } }))).toMatchObject({
      usage: { inputTokens: 10, outputTokens: 1, totalTokens: 11 },
      finishReason: 'incomplete',
    })
  })
})
