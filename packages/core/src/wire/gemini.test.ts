import { describe, expect, it } from 'vitest'
import { encode } from '../test-support/bytes.ts'
import { everyCut } from '../test-support/cuts.ts'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { gemini } from './gemini.ts'

/** One event, with the line ends that this server sends. */
const event = (payload: object) => `data: ${JSON.stringify(payload)}\r\n\r\n`
const candidate = (content: object) => event({ candidates: [{ index: 0, ...content }] })
const parts = (...list: readonly object[]) => candidate({ content: { parts: list, role: 'model' } })
const say = (text: string) => parts({ text })
const finish = (finishReason = 'STOP') => candidate({ finishReason })
const read = (body: string) => messageOf(body, { wire: gemini })
const call = (name: string, rest: object = {}) => ({ functionCall: { name, ...rest } })

describe('text', () => {
  it('is the text of the parts, joined', () => {
    expect(read(parts({ text: 'Xin ' }, { text: 'chào, ' }) + say('👋') + finish())).toMatchObject({
      content: 'Xin chào, 👋',
      parts: [{ type: 'text', state: 'done' }],
      finishReason: 'stop',
    })
  })

  it.each([' ', '0', '\n'])('may be %j alone', (text) => {
    expect(read(say(text) + finish()).content).toBe(text)
  })

  it('may come in the chunk of the finish reason', () => {
    expect(read(candidate({ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }))).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it('is that of the first candidate', () => {
    const other = event({ candidates: [{ index: 1, content: { parts: [{ text: 'b' }] }, finishReason: 'SAFETY' }] })
    expect(read(say('a') + other + finish())).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it.each([
    {},
    { content: {} },
    { content: null },
    { content: { parts: null } },
    { content: { parts: [{ text: '' }] } },
  ])('is none in the candidate %j', (content) => {
    expect(read(candidate(content) + finish())).toMatchObject({ parts: [], finishReason: 'stop' })
  })
})

describe('reasoning', () => {
  it('is the text of parts marked as thought', () => {
    expect(
      read(parts({ text: 'Hm', thought: true }, { text: 'm', thought: true }) + say('Yes') + finish()).parts,
    ).toEqual([
      { type: 'reasoning', text: 'Hmm', state: 'done' },
      { type: 'text', text: 'Yes', state: 'done' },
    ])
  })

  it.each<[string, string, object[]]>([
    [
      'a thought',
      parts({ text: 'Hm', thought: true, thoughtSignature: 's' }),
      [{ type: 'reasoning', text: 'Hm', signature: 's' }],
    ],
    [
      'a call',
      parts({ ...call('look'), thoughtSignature: 's' }),
      [{ type: 'reasoning', text: '', signature: 's' }, { type: 'tool-call' }],
    ],
    [
      'the first text',
      parts({ text: 'Hm', thought: true }, { text: 'a', thoughtSignature: 's' }, { text: 'b' }),
      [
        { type: 'reasoning', text: 'Hm', signature: 's' },
        { type: 'text', text: 'ab' },
      ],
    ],
    [
      'an empty text at the end',
      say('a') + parts({ text: '', thoughtSignature: 's' }),
      [
        { type: 'text', text: 'a' },
        { type: 'reasoning', text: '', signature: 's' },
      ],
    ],
    [
      'the middle of a text, which it does not cut in two',
      say('a') + parts({ text: 'b', thoughtSignature: 's' }) + say('c'),
      [
        { type: 'text', text: 'abc' },
        { type: 'reasoning', text: '', signature: 's' },
      ],
    ],
    [
      'a file',
      parts({ inlineData: { mimeType: 'image/png', data: 'AA==' }, thoughtSignature: 's' }),
      [{ type: 'reasoning', signature: 's' }, { type: 'file' }],
    ],
  ])('keeps the signature of %s', (_, events, expected) => {
    expect(read(events + finish()).parts).toMatchObject(expected)
  })

  it('is no picture that the model thought of', () => {
    const thought = { thought: true, inlineData: { mimeType: 'image/png', data: 'AA==' } }
    expect(read(parts(thought) + finish()).parts).toEqual([])
  })
})

describe('tool calls', () => {
  it('come whole, and a stop with one is a call', () => {
    expect(read(parts(call('look', { id: 'f1', args: { at: 1 } })) + finish())).toMatchObject({
      parts: [{ toolCallId: 'f1', toolName: 'look', input: { at: 1 }, state: 'input-available' }],
      finishReason: 'tool-calls',
    })
  })

  it('get ids of ours where they have none', () => {
    expect(read(parts(call('a'), call('b')) + finish()).parts).toMatchObject([
      { toolCallId: 'call_0', toolName: 'a', input: {} },
      { toolCallId: 'call_1', toolName: 'b', input: {} },
    ])
  })

  it('are none where the arguments were to come later', () => {
    const events = parts(call('look', { willContinue: true })) + parts({ functionCall: {} })
    expect(read(events + finish())).toMatchObject({ parts: [], finishReason: 'stop' })
  })

  it('do not hide another finish reason', () => {
    expect(read(parts(call('look')) + finish('MAX_TOKENS')).finishReason).toBe('length')
  })

  it('that the sandbox runs are not for the client', () => {
    const code = { executableCode: { language: 'PYTHON', code: '1+1' } }
    const result = { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } }
    expect(read(parts(code, result, { text: '2' }) + finish())).toMatchObject({
      parts: [{ toolName: 'code_execution', input: { code: '1+1' }, providerExecuted: true }, { text: '2' }],
      finishReason: 'stop',
    })
  })
})

describe('files and sources', () => {
  it.each([
    [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }, { mediaType: 'image/png', data: 'AA==' }],
    [
      { fileData: { mimeType: 'video/mp4', fileUri: 'https://a.test/v' } },
      { mediaType: 'video/mp4', url: 'https://a.test/v' },
    ],
  ])('reads %j', (part, file) => {
    expect(read(parts(part) + finish()).parts).toEqual([{ type: 'file', ...file }])
  })

  it.each([
    ['a search', { groundingMetadata: { groundingChunks: [{ web: { uri: 'https://a.test', title: 'A' } }] } }],
    ['a map', { groundingMetadata: { groundingChunks: [{ maps: { uri: 'https://a.test', title: 'A' } }] } }],
    ['a citation', { citationMetadata: { citationSources: [{ uri: 'https://a.test', title: 'A' }] } }],
    ['a citation of Vertex AI', { citationMetadata: { citations: [{ uri: 'https://a.test', title: 'A' }] } }],
  ])('names the source of %s once', (_, metadata) => {
    expect(read(say('a') + candidate(metadata) + candidate(metadata) + finish()).parts.slice(1)).toEqual([
      { type: 'source', url: 'https://a.test', title: 'A' },
    ])
  })
})

describe('usage and model', () => {
  const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 4, totalTokenCount: 9, thoughtsTokenCount: 2 }

  it('is what was said last', () => {
    const early = event({ usageMetadata: { promptTokenCount: 3, totalTokenCount: 3 } })
    expect(read(early + event({ usageMetadata }) + finish()).usage).toEqual({
      inputTokens: 3,
      outputTokens: 4,
      totalTokens: 9,
      reasoningTokens: 2,
    })
  })

  it('adds up the total where it is missing', () => {
    const { totalTokenCount: _, ...counts } = usageMetadata
    expect(read(event({ usageMetadata: { ...counts, cachedContentTokenCount: 1 } }) + finish()).usage).toMatchObject({
      totalTokens: 9,
      cachedInputTokens: 1,
    })
  })

  it('reads who answers, once', () => {
    const body = event({ candidates: [], modelVersion: 'g-1', responseId: 'r1' })
    expect(read(body + body + finish())).toMatchObject({ model: 'g-1', metadata: { responseId: 'r1' } })
    expect(chunksOf(body + body, { wire: gemini }).filter(({ type }) => type === 'message-start')).toHaveLength(1)
  })
})

describe('the finish reason', () => {
  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['BLOCKLIST', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['SPII', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['OTHER', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s means %s', (reason, finishReason) => {
    const message = read(say('a') + finish(reason))
    expect(message).toMatchObject({ content: 'a', finishReason })
    expect(message).not.toHaveProperty('error')
  })

  it.each(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL'])('%s is an error', (reason) => {
    expect(read(say('a') + finish(reason))).toMatchObject({ content: 'a', error: { code: 'provider-error' } })
  })

  it('is the last one, since older models say STOP in every chunk', () => {
    const chunk = (text: string, finishReason: string) => candidate({ content: { parts: [{ text }] }, finishReason })
    expect(read(chunk('a', 'STOP') + chunk('b', 'STOP') + chunk('c', 'MAX_TOKENS'))).toMatchObject({
      content: 'abc',
      finishReason: 'length',
    })
  })

  it('is content-filter for a prompt that was blocked, and no error', () => {
    const message = read(event({ promptFeedback: { blockReason: 'SAFETY' } }))
    expect(message).toMatchObject({ parts: [], finishReason: 'content-filter' })
    expect(message).not.toHaveProperty('error')
  })

  it('is incomplete where none came', () => {
    expect(read(say('a'))).toMatchObject({ content: 'a', finishReason: 'incomplete', error: { code: 'incomplete' } })
  })
})

describe('a stream that ends too early', () => {
  const whole = say('Hello') + parts(call('look')) + say(' there') + finish()

  it('is never a stop, wherever it is cut', () => {
    for (const [beginning] of everyCut(encode(whole.trimEnd()))) {
      const { finishReason, content } = messageFrom(chunksOf([beginning], { wire: gemini }))
      expect(['incomplete', 'error']).toContain(finishReason)
      expect('Hello there').toContain(content)
    }
  })

  it('is incomplete in the middle of an event, whatever the chunks before it said', () => {
    const chunk = candidate({ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' })
    expect(read(chunk + chunk.slice(0, 30))).toMatchObject({ content: 'a', finishReason: 'incomplete' })
    expect(messageFrom(chunksOf(chunk, { wire: gemini, lost: { cause: undefined } })).finishReason).toBe('incomplete')
  })
})

describe('errors and other bodies', () => {
  it('keeps the text before an error in the stream', () => {
    const error = { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' }
    expect(read(say('a') + event({ error }))).toMatchObject({
      content: 'a',
      finishReason: 'error',
      error: { code: 'overloaded', retryable: true },
    })
  })

  it('ignores what it does not know', () => {
    const strange = event({ surprise: 1 }) + parts({ toolResponse: {} }, { functionResponse: {} })
    expect(read(say('a') + strange + finish())).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it.each([
    ['a page of HTML', '<!doctype html><title>Hi</title>', 'not-a-stream'],
    ['another format', 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n', 'not-a-stream'],
    ['what is no JSON', 'data: hello\n\n', 'malformed-event'],
  ])('says so of %s', (_, body, code) => {
    expect(read(body)).toMatchObject({ content: '', parts: [], error: { code, excerpt: expect.any(String) } })
  })

  it('reads the list that comes without alt=sse', () => {
    const list = [
      { candidates: [{ content: { parts: [{ text: 'a' }] } }] },
      { candidates: [{ content: { parts: [{ text: 'b' }] }, finishReason: 'STOP' }] },
    ]
    expect(read(JSON.stringify(list, null, 2))).toMatchObject({ content: 'ab', finishReason: 'stop' })
  })
})
