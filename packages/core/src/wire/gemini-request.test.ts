import { describe, expect, it } from 'vitest'
import { createMessage, type MessageInit, type Part, type ToolCallPart } from '../message.ts'
import { gemini } from './gemini.ts'
import type { ChatRequest } from './wire-format.ts'

const target = { baseURL: 'https://g.test/v1beta' }
const request = (rest: Partial<ChatRequest> = {}) => gemini.request({ messages: [], model: 'g-1', ...rest }, target)
/** The body as it goes over the wire, where keys that hold undefined are gone. */
const bodyOf = (rest: Partial<ChatRequest>) => JSON.parse(JSON.stringify(request(rest).body))
const contentsOf = (...messages: readonly MessageInit[]) => bodyOf({ messages: messages.map(createMessage) }).contents
const replyOf = (...parts: readonly Part[]) => contentsOf({ role: 'assistant', parts })

const text = (content: string): Part => ({ type: 'text', text: content, state: 'done' })
const thought = (signature?: string): Part => ({
  type: 'reasoning',
  text: 'Hm',
  state: 'done',
  ...(signature && { signature }),
})
const call = (rest: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  toolCallId: 'f1',
  toolName: 'look',
  argumentsText: '{"at":1}',
  output: 'sun',
  state: 'output-available',
  ...rest,
})

describe('where a request goes', () => {
  it.each([
    ['g-1', 'https://g.test/v1beta/models/g-1:streamGenerateContent?alt=sse'],
    ['models/g-1', 'https://g.test/v1beta/models/g-1:streamGenerateContent?alt=sse'],
    ['tunedModels/mine', 'https://g.test/v1beta/tunedModels/mine:streamGenerateContent?alt=sse'],
    ['g-1?x=#y', 'https://g.test/v1beta/models/g-1%3Fx=%23y:streamGenerateContent?alt=sse'],
    ['.\t./files\\x', 'https://g.test/v1beta/.%09./files%5Cx:streamGenerateContent?alt=sse'],
  ])('has the model %s in its url', (model, url) => {
    expect(request({ model }).url).toBe(url)
  })

  it.each(['../cachedContents', 'models/../../files', '..', './x'])('is not led elsewhere by the model %s', (model) => {
    expect(() => request({ model })).toThrow(TypeError)
  })

  it('has the key in its own header', () => {
    const { headers } = gemini.request(
      { messages: [], model: 'g', headers: { 'x-a': 'b' } },
      { ...target, apiKey: 'k' },
    )
    expect(headers).toEqual({ 'x-goog-api-key': 'k', 'x-a': 'b' })
    expect(request().headers).toEqual({})
  })
})

describe('the body of a request', () => {
  it('has the text of each turn', () => {
    expect(contentsOf({ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hello' })).toEqual([
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [{ text: 'Hello' }] },
    ])
  })

  it('has all instructions in their own place', () => {
    const messages = [
      createMessage({ role: 'system', content: 'In rhyme.' }),
      createMessage({ role: 'user', content: 'Hi' }),
    ]
    expect(bodyOf({ messages, system: 'Be brief.' })).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'In rhyme.' }] },
    })
  })

  it.each<[string, Part, object]>([
    [
      'bytes',
      { type: 'file', mediaType: 'image/png', data: 'AA==' },
      { inlineData: { mimeType: 'image/png', data: 'AA==' } },
    ],
    [
      'a data URL',
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' },
      { inlineData: { mimeType: 'image/png', data: 'AA==' } },
    ],
    [
      'an address',
      { type: 'file', mediaType: 'application/pdf', url: 'https://a.test/b' },
      { fileData: { mimeType: 'application/pdf', fileUri: 'https://a.test/b' } },
    ],
  ])('has a file that is %s', (_, file, expected) => {
    expect(contentsOf({ role: 'user', content: 'See', parts: [file] })).toEqual([
      { role: 'user', parts: [{ text: 'See' }, expected] },
    ])
  })

  it('has a call, then what it returned, then what was said knowing that', () => {
    expect(replyOf(text('Wait.'), call(), text('Sunny.'))).toEqual([
      { role: 'model', parts: [{ text: 'Wait.' }, { functionCall: { id: 'f1', name: 'look', args: { at: 1 } } }] },
      { role: 'user', parts: [{ functionResponse: { id: 'f1', name: 'look', response: { output: 'sun' } } }] },
      { role: 'model', parts: [{ text: 'Sunny.' }] },
    ])
  })

  it('says that a call failed', () => {
    const { output: _, ...failed } = call({ errorText: 'no', state: 'output-error' })
    expect(replyOf(failed)[1].parts[0].functionResponse.response).toEqual({ error: 'no' })
  })

  it('has no id that was made up here', () => {
    const [said, returned] = replyOf(call({ toolCallId: 'call_0' }))
    expect(said.parts[0].functionCall).not.toHaveProperty('id')
    expect(returned.parts[0].functionResponse).not.toHaveProperty('id')
  })

  it.each<[string, Part[], object[]]>([
    ['a call', [thought('s'), call()], [{ functionCall: expect.anything(), thoughtSignature: 's' }]],
    [
      'the first of two calls',
      [thought('s'), call(), call()],
      [{ functionCall: expect.anything(), thoughtSignature: 's' }, { functionCall: expect.anything() }],
    ],
    ['a text', [thought('s'), text('a')], [{ text: 'a', thoughtSignature: 's' }]],
    ['an empty text at the end', [text('a'), thought('s')], [{ text: 'a' }, { text: '', thoughtSignature: 's' }]],
    ['nothing where there is none', [thought(), text('a')], [{ text: 'a' }]],
  ])('has the signature on %s, and no thoughts', (_, parts, expected) => {
    expect(replyOf(...parts)[0].parts).toEqual(expected)
  })

  it.each<[string, MessageInit]>([
    ['that failed before its first word', { role: 'assistant' }],
    ['that is a call without an outcome', { role: 'assistant', parts: [call({ state: 'input-available' })] }],
    ['that is a source', { role: 'assistant', parts: [{ type: 'source', url: 'https://a.test' }] }],
  ])('has no reply %s', (_, message) => {
    expect(contentsOf(message)).toEqual([])
  })

  it('has the tools with their JSON Schema', () => {
    const parameters = { type: 'object', additionalProperties: false }
    expect(bodyOf({ tools: [{ name: 'look', description: 'Looks.', parameters }, { name: 'wait' }] }).tools).toEqual([
      {
        functionDeclarations: [
          { name: 'look', description: 'Looks.', parametersJsonSchema: parameters },
          { name: 'wait' },
        ],
      },
    ])
  })

  it('may be changed, and what is set to undefined is left out', () => {
    const body = { generationConfig: { maxOutputTokens: 9 }, contents: undefined }
    expect(bodyOf({ body })).toEqual({ generationConfig: { maxOutputTokens: 9 } })
  })
})
