import { describe, expectTypeOf, it } from 'vitest'
import {
  type ChatError,
  type ChatErrorCode,
  type Chunk,
  createMessage,
  decodeReply,
  type FinishReason,
  holysheep,
  type Message,
  type Part,
  type Provider,
  readReply,
  streamReply,
  type TransportOptions,
  type WireFormatName,
} from './index.ts'

declare const body: ReadableStream<Uint8Array>

describe('a message', () => {
  it('cannot be changed in place', () => {
    expectTypeOf<Message>().toEqualTypeOf<Readonly<Message>>()
    expectTypeOf<Message['parts']>().toEqualTypeOf<readonly Part[]>()
  })

  it('has a reason and an error only once it ended', () => {
    expectTypeOf<Message['finishReason']>().toEqualTypeOf<FinishReason | undefined>()
    expectTypeOf<Message['error']>().toEqualTypeOf<ChatError | undefined>()
  })

  it('needs a role', () => {
    // @ts-expect-error: nobody said this
    createMessage({ content: 'Hi' })
  })
})

describe('a chunk', () => {
  it('is told by its type', () => {
    type Delta = Extract<Chunk, { type: 'text-delta' }>
    expectTypeOf<Delta['text']>().toEqualTypeOf<string>()
    type End = Extract<Chunk, { type: 'message-end' }>
    expectTypeOf<End['finishReason']>().toEqualTypeOf<FinishReason>()
  })
})

describe('reading a reply', () => {
  it('gives a message, or its chunks', () => {
    expectTypeOf(readReply(body, { wire: 'openai-chat' })).toEqualTypeOf<Promise<Message>>()
    expectTypeOf(decodeReply(body, { wire: 'text' })).toExtend<AsyncIterable<Chunk>>()
    expectTypeOf(streamReply({ messages: [], model: 'm' }, { provider: holysheep })).toExtend<AsyncIterable<Chunk>>()
  })

  it('takes the body of a response', () => {
    expectTypeOf<NonNullable<Response['body']>>().toExtend<Parameters<typeof readReply>[0]>()
  })

  it('takes the name of a format that exists', () => {
    expectTypeOf<'openai-chat'>().toExtend<WireFormatName>()
    // @ts-expect-error: there is no such format
    readReply(body, { wire: 'morse' })
  })

  it('needs a provider to send anything', () => {
    expectTypeOf<TransportOptions['provider']>().toEqualTypeOf<Provider>()
    // @ts-expect-error: nobody is asked
    streamReply({ messages: [], model: 'm' }, {})
  })
})

describe('an error', () => {
  it('has one of the codes', () => {
    expectTypeOf<ChatError['code']>().toEqualTypeOf<ChatErrorCode>()
    expectTypeOf<'stalled'>().toExtend<ChatErrorCode>()
  })

  it('may be rendered as a list of texts', () => {
    expectTypeOf<ChatError>().toExtend<Iterable<string>>()
  })
})
