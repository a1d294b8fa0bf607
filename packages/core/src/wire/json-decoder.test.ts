import { describe, expect, it } from 'vitest'
import { ChatError } from '../errors.ts'
import { encode } from '../test-support/bytes.ts'
import { chunksOf, messageFrom, messageOf } from '../test-support/decode.ts'
import { choice, delta, done, event, finish, say } from '../test-support/openai-chat-events.ts'
import { openaiChat } from './openai-chat.ts'

const details = { message: 'Out of luck', type: 'server_error', code: null }
const failure = event({ error: details })

describe('an error in the stream', () => {
  it.each([
    ['an object', failure],
    ['a text', event({ error: 'Out of luck' })],
    ['an object that calls itself one', event({ object: 'error', message: 'Out of luck', code: 50 })],
    ['an event called error', `event: error\n${failure}`],
    ['an event called error, without an object inside', `event: error\n${event(details)}`],
    ['an event that is called error after its data', `${failure.trimEnd()}\nevent: error\n\n`],
    ['something beside empty choices', event({ choices: [], error: details })],
    ['a field of its own', `error: ${JSON.stringify(details)}\n\n`],
    ['a field of its own without a space', `error:${JSON.stringify(details)}\n\n`],
  ])('may be %s', (_, spelling) => {
    expect(messageOf(say('Hi') + spelling)).toMatchObject({
      content: 'Hi',
      finishReason: 'error',
      error: { message: expect.stringContaining('Out of luck') },
    })
  })

  it.each([
    ['a line', JSON.stringify({ error: details })],
    ['several lines', JSON.stringify({ error: details }, null, 2)],
    ['a list', JSON.stringify([{ error: details }])],
    ['a line and a comment', `: ping\n\n${JSON.stringify({ error: details })}\n`],
  ])('may be JSON that is no event: %s', (_, body) => {
    expect(messageOf(body)).toMatchObject({
      finishReason: 'error',
      error: { message: expect.stringContaining('Out of luck') },
    })
  })

  it('may stand beside text and usage, which count', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    expect(messageOf(choice({ delta: { content: 'Hi' } }, { usage, error: details }) + done)).toMatchObject({
      content: 'Hi',
      usage: { totalTokens: 3 },
      finishReason: 'error',
    })
  })

  it('does not hide what comes after it', () => {
    expect(messageOf(say('a') + failure + say('b') + done)).toMatchObject({ content: 'ab', finishReason: 'error' })
  })

  it('wins over a finish reason', () => {
    expect(messageOf(say('a') + finish() + failure + done).finishReason).toBe('error')
  })

  it('is told once, the first time', () => {
    const errors = chunksOf(failure + event({ error: 'Again' }) + done).filter(({ type }) => type === 'error')
    expect(errors).toMatchObject([{ error: { message: expect.stringContaining('Out of luck') } }])
  })

  it.each(['"Out of luck"', 'null', '7', 'Out of luck'])(
    'ends the reply where an event called error holds %s',
    (data) => {
      expect(messageOf(`${say('Hi')}event: error\ndata: ${data}\n\n`)).toMatchObject({
        content: 'Hi',
        finishReason: 'error',
      })
    },
  )

  it.each([null, '', false])('is none where it is %j', (error) => {
    expect(messageOf(choice({ delta: { content: 'Hi' } }, { error }) + finish() + done).finishReason).toBe('stop')
  })

  it('is none after [DONE]', () => {
    expect(messageOf(say('Hi') + finish() + done + failure).finishReason).toBe('stop')
  })
})

it.each(['data:\n\n', 'data: \n\n', 'event: ping\ndata\n\n', 'id: 7\ndata:\n\n'])(
  'passes over an event that says nothing and keeps a connection alive: %j',
  (ping) => {
    expect(messageOf(ping + say('Hi') + ping + finish() + done)).toMatchObject({ content: 'Hi', finishReason: 'stop' })
  },
)

describe('an event that is no JSON', () => {
  const body = `${say('Hi')}data: {"choices": secret\n\n${say('!')}${finish()}${done}`

  it('ends the reply and keeps what came before it', () => {
    expect(messageOf(body)).toMatchObject({
      content: 'Hi',
      finishReason: 'error',
      error: { code: 'malformed-event', excerpt: '{"choices": secret' },
    })
  })

  it('is not repeated in the message of its error', () => {
    expect(messageOf(body).error?.message).not.toContain('secret')
  })

  it('shows 200 characters of itself', () => {
    expect(messageFrom(chunksOf(event('x'.repeat(1000)))).error?.excerpt).toBe('x'.repeat(200))
  })

  it('is a broken off one where the body ends inside it', () => {
    expect(messageOf(`${say('Hi')}data: {"choices":[{"del`)).toMatchObject({
      content: 'Hi',
      finishReason: 'incomplete',
      error: { code: 'incomplete' },
    })
  })

  it.each(['data:', 'data: {"choi', 'data: {"choices":[]}', ': ping\n\ndata: {"choi'])(
    'is a broken off one where the body is %j and no more',
    (body) => {
      expect(messageOf(body)).toMatchObject({ finishReason: 'incomplete', error: { code: 'incomplete' } })
    },
  )

  it('is a broken off one where the body ends inside a character', () => {
    const bytes = encode(`${say('Hi')}data: {"choices":[{"delta":{"content":"é`)
    expect(messageFrom(chunksOf([bytes.slice(0, -1)]))).toMatchObject({ content: 'Hi', finishReason: 'incomplete' })
  })
})

describe('an event over the limit', () => {
  it('ends the reply and keeps what came before it', () => {
    const big = say('x'.repeat(300))
    expect(messageOf(say('Hi') + big + finish() + done, { maxEventLength: 200 })).toMatchObject({
      content: 'Hi',
      finishReason: 'error',
      error: { code: 'event-too-large' },
    })
  })
})

describe('a body that is no stream', () => {
  it('is none of this format, though it ends as this one does', () => {
    expect(messageOf('data: {"type":"text-delta","delta":"Hi"}\n\ndata: [DONE]\n\n')).toMatchObject({
      finishReason: 'error',
      error: { code: 'not-a-stream', excerpt: expect.stringContaining('text-delta') },
    })
  })

  it('may be the whole answer as JSON', () => {
    const call = { id: 'a', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }
    const answer = {
      id: 'r1',
      model: 'm1',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', reasoning_content: 'Hm', content: 'Hi', tool_calls: [call] },
          finish_reason: 'tool_calls',
        },
      ],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    }
    for (const body of [JSON.stringify(answer), JSON.stringify(answer, null, 2)]) {
      expect(messageOf(body)).toMatchObject({
        content: 'Hi',
        parts: [{ type: 'reasoning', text: 'Hm' }, { type: 'text' }, { toolName: 'look', input: { at: 1 } }],
        finishReason: 'tool-calls',
        model: 'm1',
        usage: { totalTokens: 3 },
      })
    }
  })

  it.each([
    ['a page of HTML', '<!doctype html>\n<title>secret</title>\n<p>Sign in: now</p>\n'],
    ['text', 'secret: no streams here'],
    ['JSON of another kind', '{"secret": true}'],
    ['half a JSON', '{"choices": ["secret"'],
    [
      'a stream of another format',
      event({ type: 'message_start', message: 'secret' }) + event({ type: 'message_stop' }),
    ],
  ])('is told from a reply where it is %s', (_, body) => {
    const { finishReason, error } = messageOf(body)
    expect(finishReason).toBe('error')
    expect(error).toMatchObject({ code: 'not-a-stream', excerpt: expect.stringContaining('secret') })
    expect(error?.message).not.toContain('secret')
  })

  it.each(['', '\n\n', ': ping\n\n: ping\n\n'])('is a reply that broke off where it is %j', (body) => {
    expect(messageOf(body)).toMatchObject({ content: '', parts: [], finishReason: 'incomplete' })
  })
})

describe('a lost connection', () => {
  const cause = new TypeError('terminated')

  it('leaves the reply incomplete, with the cause', () => {
    const { content, finishReason, error } = messageOf(say('Hi'), { lost: { cause } })
    expect({ content, finishReason, code: error?.code }).toEqual({
      content: 'Hi',
      finishReason: 'incomplete',
      code: 'incomplete',
    })
    expect(error?.cause).toBe(cause)
  })

  it('is no loss once the model had said why it finished', () => {
    const message = messageOf(say('Hi') + finish(), { lost: { cause } })
    expect(message).toMatchObject({ content: 'Hi', finishReason: 'stop' })
    expect(message).not.toHaveProperty('error')
  })

  it('is no loss after [DONE]', () => {
    expect(messageOf(say('Hi') + done, { lost: { cause } }).finishReason).toBe('unknown')
  })

  it('leaves the reply incomplete also where no finish reason is required', () => {
    expect(messageOf(say('Hi'), { lost: { cause }, requireFinishReason: false }).finishReason).toBe('incomplete')
  })

  it('is explained by the error that is known', () => {
    const { finishReason, error } = messageOf(say('Hi'), { lost: { cause: new ChatError('stalled') } })
    expect(finishReason).toBe('incomplete')
    expect(error?.code).toBe('stalled')
  })

  it('takes the event with it that had no blank line yet', () => {
    expect(messageOf(say('Hi') + say(' there').trimEnd(), { lost: { cause } }).content).toBe('Hi')
  })

  it('leaves tool calls unfinished', () => {
    const call = delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } }] })
    expect(messageOf(call, { lost: { cause } }).parts).toMatchObject([{ state: 'input-streaming' }])
  })
})

describe('a decoder', () => {
  it('has nothing more to say after its end', () => {
    const decoder = openaiChat.createDecoder()
    decoder.push(encode(say('Hi') + finish() + done))
    expect(decoder.push(encode(say('late')))).toEqual([])
    expect(decoder.end()).toEqual([])
    expect(decoder.end({ cause: new Error('late') })).toEqual([])
  })

  it('tells each event with its blank line', () => {
    const decoder = openaiChat.createDecoder()
    expect(decoder.push(encode(say('Hi')))).toContainEqual({ type: 'text-delta', text: 'Hi' })
  })

  it('takes a byte order mark for what it is', () => {
    expect(messageOf(`\uFEFF${say('Hi')}${finish()}`).content).toBe('Hi')
  })
})
