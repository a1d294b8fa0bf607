import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { event } from '../test-support/openai-chat-events.ts'
import { openaiResponses } from './openai-responses.ts'

const wire = openaiResponses
const read = (body: string) => messageOf(body, { wire })

const created = event({ type: 'response.created', response: { id: 'resp_1', model: 'gpt-m', error: null } })
const said = (name: string, content: object, output_index = 0) =>
  event({ type: `response.${name}`, output_index, ...content })
const say = (delta: string, index = 0) => said('output_text.delta', { delta, content_index: 0 }, index)
const summarize = (delta: string, summary_index = 0) => said('reasoning_summary_text.delta', { delta, summary_index })
const added = (item: object, index = 0) => said('output_item.added', { item }, index)
const itemDone = (item: object, index = 0) => said('output_item.done', { item }, index)
const functionCall = (beside: object = {}) => ({
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'look',
  arguments: '',
  ...beside,
})
const argue = (delta: string, index = 0) => said('function_call_arguments.delta', { delta }, index)
const argued = (text: string) => said('function_call_arguments.done', { arguments: text })
const completed = (response: object = {}) => event({ type: 'response.completed', response })
const callEnd = { type: 'tool-call-end', toolCallId: 'call_1' }

describe('text', () => {
  it('is the text of the deltas, joined', () => {
    const begun = created + added({ type: 'message', content: [] })
    expect(read(begun + say('Hel') + say('lo, 👋') + completed())).toMatchObject({
      content: 'Hello, 👋',
      parts: [{ type: 'text', state: 'done' }],
      model: 'gpt-m',
      metadata: { responseId: 'resp_1' },
      finishReason: 'stop',
    })
  })

  const message = { type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] }
  const repeats =
    said('output_text.done', { content_index: 0, text: 'Hi' }) +
    said('content_part.done', { content_index: 0, part: { type: 'output_text', text: 'Hi' } }) +
    itemDone(message)

  it('is said once, though three events repeat it', () => {
    expect(read(created + say('Hi') + repeats + completed({ output: [message] })).content).toBe('Hi')
  })

  it('is not there again where the response lists it in another place', () => {
    expect(read(created + say('Hi', 1) + completed({ output: [message] })).content).toBe('Hi')
  })

  it.each([
    ['the done event', said('output_text.done', { content_index: 0, text: 'Hi' })],
    ['the item', itemDone(message)],
    ['every event that repeats it', repeats],
    ['the response', completed({ output: [message] })],
  ])('is read from %s where no delta came', (_, events) => {
    expect(read(created + events + completed()).content).toBe('Hi')
  })

  it.each([' ', '0'])('may be %j alone', (text) => {
    expect(read(created + say(text) + completed()).content).toBe(text)
  })

  it('may come in several messages', () => {
    expect(read(created + say('a') + say('b', 1) + completed()).content).toBe('ab')
  })

  it('is told apart by the place of its item, whose id may differ in every event', () => {
    const events = ['a', 'b'].map((delta) => said('output_text.delta', { delta, item_id: `msg_${delta}` })).join('')
    expect(read(created + events + itemDone({ ...message, id: 'msg_c' }) + completed()).content).toBe('ab')
  })

  it('is read from events that are named before or after their data', () => {
    const payload = '{"type":"response.output_text.delta","output_index":0,"delta":"a"}'
    const events = `event: response.output_text.delta\ndata: ${payload}\n\ndata: ${payload}\nevent: other\n\n`
    expect(read(created + events + completed()).content).toBe('aa')
  })

  it.each([
    ['padding', said('output_text.delta', { delta: '', obfuscation: 'xyz' })],
    ['an unknown delta', said('something_new.delta', { delta: 'No' })],
    ['an unknown event', event({ type: 'response.something_new', text: 'No' })],
    ['an unknown item', itemDone({ type: 'something_new', content: [{ type: 'something_new', text: 'No' }] })],
    ['the tools that a server lists', itemDone({ type: 'mcp_list_tools', tools: [{ name: 'look' }] })],
    ['an image that is not finished', said('image_generation_call.partial_image', { partial_image_b64: 'AAAA' })],
  ])('is none in %s', (_, silent) => {
    expect(read(created + silent + completed())).toMatchObject({ parts: [], finishReason: 'stop' })
  })

  it('may be a refusal', () => {
    const refusal = said('refusal.delta', { delta: 'No' }) + said('refusal.done', { refusal: 'No' })
    expect(read(created + refusal + completed())).toMatchObject({
      content: '',
      parts: [{ type: 'refusal', text: 'No' }],
      finishReason: 'stop',
    })
  })
})

describe('reasoning', () => {
  it.each(['reasoning_summary_text', 'reasoning_text'])('is read from %s', (name) => {
    const events = said(`${name}.delta`, { delta: 'Hm' }) + said(`${name}.done`, { text: 'Hm' })
    expect(read(created + events + completed()).parts).toMatchObject([{ type: 'reasoning', text: 'Hm' }])
  })

  it('has a paragraph for each part of the summary', () => {
    const summary = ['a', 'b'].map((text) => ({ type: 'summary_text', text }))
    const events = summarize('a') + summarize('b', 1) + itemDone({ type: 'reasoning', summary })
    expect(read(created + events + completed()).parts).toMatchObject([{ text: 'a\n\nb' }])
  })

  it('has a paragraph for each of two thoughts in a row', () => {
    const events = summarize('a') + said('reasoning_summary_text.delta', { delta: 'b', summary_index: 0 }, 1)
    expect(read(created + events + completed()).parts).toMatchObject([{ text: 'a\n\nb' }])
  })

  it('begins anew after text', () => {
    const events = summarize('a') + say('Hi', 1) + said('reasoning_summary_text.delta', { delta: 'b' }, 2)
    expect(read(created + events + completed()).parts).toMatchObject([{ text: 'a' }, { text: 'Hi' }, { text: 'b' }])
  })
})

describe('tool calls', () => {
  it('have the arguments of their deltas, and go by their call id', () => {
    const deltas = argue('{"a":') + argue('1}') + argued('{"a":1}')
    const whole = itemDone(functionCall({ arguments: '{"a":1}', status: 'completed' }))
    expect(read(created + added(functionCall()) + deltas + whole + completed())).toMatchObject({
      parts: [
        {
          type: 'tool-call',
          toolCallId: 'call_1',
          toolName: 'look',
          argumentsText: '{"a":1}',
          input: { a: 1 },
          state: 'input-available',
        },
      ],
      finishReason: 'tool-calls',
    })
  })

  it.each([
    ['the done event', added(functionCall()) + argued('{"a":1}') + itemDone(functionCall())],
    ['the item', added(functionCall()) + itemDone(functionCall({ arguments: '{"a":1}' }))],
    ['an item that nothing announced', argue('{"a') + itemDone(functionCall({ arguments: '{"a":1}' }))],
    ['the response', completed({ output: [functionCall({ arguments: '{"a":1}' })] })],
  ])('may be read from %s', (_, events) => {
    expect(read(created + events + completed()).parts).toMatchObject([{ argumentsText: '{"a":1}', input: { a: 1 } }])
  })

  it('begin, speak and end once', () => {
    const whole = functionCall({ arguments: '{}' })
    const events = say('Hi') + added(functionCall(), 1) + argue('{}', 1) + itemDone(whole, 1)
    const chunks = chunksOf(created + events + completed({ output: [whole] }), { wire })
    for (const type of ['tool-call-start', 'tool-call-delta', 'tool-call-end'])
      expect(chunks.filter((chunk) => chunk.type === type)).toHaveLength(1)
  })

  it('have empty arguments where none come', () => {
    const events = added(functionCall()) + itemDone(functionCall())
    expect(read(created + events + completed()).parts).toMatchObject([{ argumentsText: '', input: {} }])
  })

  it('are told apart by their place', () => {
    const calls = added(functionCall({ call_id: 'a' }), 0) + added(functionCall({ call_id: 'b' }), 1)
    const events = calls + argue('{"b":', 1) + argue('{}', 0) + argue('1}', 1)
    expect(read(created + events + completed()).parts).toMatchObject([
      { toolCallId: 'a', input: {} },
      { toolCallId: 'b', input: { b: 1 } },
    ])
  })

  const item = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_1', name: 'sql' }

  it('may have free text, whole, instead of arguments', () => {
    expect(read(created + itemDone({ ...item, input: 'select 1' }) + completed()).parts).toMatchObject([
      { toolCallId: 'call_1', argumentsText: 'select 1' },
    ])
  })

  it('may have free text instead of arguments', () => {
    const events = added(item) + said('custom_tool_call_input.delta', { delta: 'select 1' })
    const done = said('custom_tool_call_input.done', { input: 'select 1' }) + itemDone({ ...item, input: 'select 1' })
    expect(read(created + events + done + completed())).toMatchObject({
      parts: [{ toolName: 'sql', argumentsText: 'select 1' }],
      finishReason: 'tool-calls',
    })
  })

  const called = created + added(functionCall()) + argue('{"a":1')
  const cutItem = itemDone(functionCall({ arguments: '{"a":1', status: 'incomplete' }))
  const limit = { incomplete_details: { reason: 'max_output_tokens' } }
  it.each([
    ['by the token limit', called + event({ type: 'response.incomplete', response: limit })],
    [
      'by the token limit, as their item says',
      called + cutItem + event({ type: 'response.incomplete', response: limit }),
    ],
    ['by the end of the body', called],
    ['by a failure', called + event({ type: 'response.failed', response: { error: { message: 'Oh' } } })],
  ])('that are cut short %s are never whole', (_, body) => {
    expect(chunksOf(body, { wire })).not.toContainEqual(callEnd)
    expect(read(body).parts).toMatchObject([{ state: 'input-streaming' }])
  })
})

describe('tools that the provider runs', () => {
  it.each([
    ['web_search', { type: 'web_search_call', action: { type: 'search', query: 'a' } }, { type: 'search', query: 'a' }],
    ['file_search', { type: 'file_search_call', queries: ['a'] }, { queries: ['a'] }],
    ['code_interpreter', { type: 'code_interpreter_call', code: 'print(1)' }, { code: 'print(1)' }],
    ['search', { type: 'mcp_call', name: 'search', arguments: '{"q":"a"}' }, { q: 'a' }],
    ['something_new', { type: 'something_new_call' }, {}],
  ])('are never for the client to run: %s', (toolName, item, input) => {
    const events = added({ type: item.type, id: 'it_1', name: 'name' in item ? item.name : undefined })
    expect(read(created + events + itemDone({ id: 'it_1', ...item }) + say('Hi', 1) + completed())).toMatchObject({
      parts: [
        { type: 'tool-call', toolCallId: 'it_1', toolName, providerExecuted: true, input, state: 'input-available' },
        { type: 'text' },
      ],
      finishReason: 'stop',
    })
  })

  it('have the arguments of their deltas once', () => {
    const item = { type: 'mcp_call', id: 'mcp_1', name: 'search' }
    const events = added(item) + said('mcp_call_arguments.delta', { delta: '{}' })
    expect(read(created + events + itemDone({ ...item, arguments: '{}' }) + completed()).parts).toMatchObject([
      { argumentsText: '{}' },
    ])
  })

  it('may draw', () => {
    const item = { type: 'image_generation_call', id: 'ig_1', output_format: 'webp', result: 'AAAA' }
    expect(read(created + itemDone(item) + completed()).parts).toMatchObject([
      { type: 'tool-call', toolName: 'image_generation', providerExecuted: true },
      { type: 'file', mediaType: 'image/webp', data: 'AAAA' },
    ])
  })
})

describe('sources', () => {
  const page = { type: 'url_citation', url: 'https://a.test', title: 'A', start_index: 0, end_index: 1 }
  const cite = (annotation: object) => said('output_text.annotation.added', { annotation })
  const source = { type: 'source', url: 'https://a.test', title: 'A' }

  it('are the pages that are cited, each once', () => {
    const item = { type: 'message', content: [{ type: 'output_text', text: 'a', annotations: [page] }] }
    const events = say('a') + cite(page) + cite({ type: 'file_citation', file_id: 'f' }) + itemDone(item)
    expect(read(created + events + completed()).parts).toEqual([expect.objectContaining({ text: 'a' }), source])
  })
})
