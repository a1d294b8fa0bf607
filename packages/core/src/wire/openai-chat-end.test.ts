import { describe, expect, it } from 'vitest'
import { chunksOf, messageOf } from '../test-support/decode.ts'
import { choice, done, event, finish, say } from '../test-support/openai-chat-events.ts'

describe('the finish reason', () => {
  it.each([
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['something_new', 'unknown'],
  ])('%s means %s', (reason, finishReason) => {
    expect(messageOf(say('a') + finish(reason) + done)).toMatchObject({ finishReason, status: 'done' })
  })

  it.each(['error', 'insufficient_system_resource'])('%s is an error, though the stream names none', (reason) => {
    expect(messageOf(say('a') + finish(reason) + done)).toMatchObject({
      content: 'a',
      finishReason: 'error',
      error: { code: 'provider-error' },
    })
  })

  it.each(['__proto__', 'constructor', 'toString'])('%s is as unknown as any other', (reason) => {
    expect(messageOf(say('a') + finish(reason) + done).finishReason).toBe('unknown')
  })

  it.each([null, ''])('is not taken back by %j', (nothing) => {
    expect(messageOf(finish('length') + choice({ delta: {}, finish_reason: nothing }) + done).finishReason).toBe(
      'length',
    )
  })
})

describe('usage', () => {
  const counted = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 }
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 }

  it.each([
    ['a chunk without choices', event({ choices: [], usage: counted })],
    ['the chunk of the finish reason', choice({ delta: {}, finish_reason: 'stop' }, { usage: counted })],
    ['x_groq', event({ choices: [], x_groq: { id: 'q', usage: counted } })],
    ['a choice', choice({ delta: {}, usage: counted })],
    ['a chunk after the finish reason', finish() + event({ choices: [], usage: counted })],
  ])('is read from %s', (_, events) => {
    expect(messageOf(say('a') + events + done).usage).toEqual(usage)
  })

  it('is what was said last', () => {
    const cumulative = (tokens: number) =>
      choice(
        { delta: { content: '.' } },
        { usage: { prompt_tokens: 1, completion_tokens: tokens, total_tokens: 1 + tokens } },
      )
    expect(messageOf(cumulative(1) + cumulative(2) + event({ choices: [], usage: null }) + done).usage).toMatchObject({
      outputTokens: 2,
    })
  })

  it('is absent where nothing was said', () => {
    expect(messageOf(say('a') + finish() + done)).not.toHaveProperty('usage')
  })

  it.each([
    ['the total where it is missing', { prompt_tokens: 3, completion_tokens: 4 }, usage],
    ['zero where a count is missing', { prompt_tokens: 3 }, { inputTokens: 3, outputTokens: 0, totalTokens: 3 }],
    ['zero where a count is null', { ...counted, completion_tokens: null }, { ...usage, outputTokens: 0 }],
    [
      'reasoning tokens',
      { ...counted, completion_tokens_details: { reasoning_tokens: 2, image_tokens: 0 } },
      { ...usage, reasoningTokens: 2 },
    ],
    ['cached tokens', { ...counted, prompt_tokens_details: { cached_tokens: 1 } }, { ...usage, cachedInputTokens: 1 }],
    [
      'cached tokens as DeepSeek names them',
      { ...counted, prompt_cache_hit_tokens: 1 },
      { ...usage, cachedInputTokens: 1 },
    ],
    ['nothing of what it does not know', { ...counted, cost: 0.1, is_byok: false }, usage],
  ])('has %s', (_, sent, expected) => {
    expect(messageOf(say('a') + event({ choices: [], usage: sent }) + finish() + done).usage).toEqual(expected)
  })
})

describe('the end of a stream', () => {
  it('is what the model said, where [DONE] is missing', () => {
    expect(messageOf(say('a') + finish())).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it('is unknown with [DONE] and without a finish reason', () => {
    expect(messageOf(say('a') + done)).toMatchObject({ content: 'a', finishReason: 'unknown' })
  })

  it('is incomplete without either', () => {
    expect(messageOf(say('a'))).toMatchObject({
      content: 'a',
      finishReason: 'incomplete',
      error: { code: 'incomplete', retryable: true },
    })
  })

  it('is unknown without either where no finish reason is required', () => {
    const message = messageOf(say('a'), { requireFinishReason: false })
    expect(message).toMatchObject({ content: 'a', finishReason: 'unknown' })
    expect(message).not.toHaveProperty('error')
  })

  it('comes with [DONE] itself, not with the end of the body', () => {
    expect(chunksOf(say('a') + finish() + done + say('b') + event({ error: { message: 'late' } })).at(-1)).toEqual({
      type: 'message-end',
      finishReason: 'stop',
    })
    expect(messageOf(`${say('a') + finish() + done}data: {"broken\n\n`)).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it.each(['', '\n'])('may be a [DONE] that only %j follows', (tail) => {
    expect(messageOf(`${say('a') + finish()}data: [DONE]${tail}`)).toMatchObject({ content: 'a', finishReason: 'stop' })
  })

  it('may be a last event without its blank line', () => {
    expect(messageOf((say('a') + choice({ delta: { content: 'b' }, finish_reason: 'stop' })).trimEnd())).toMatchObject({
      content: 'ab',
      finishReason: 'stop',
    })
  })

  it('may have carriage returns for line ends', () => {
    expect(messageOf((say('a') + finish() + done).replaceAll('\n', '\r\n'))).toMatchObject({
      content: 'a',
      finishReason: 'stop',
    })
  })

  it.each(['[DONE] ', ' [DONE]', '[DONE]x', '[done]', '"[DONE]"', 'DONE', '[DONE]\ndata: [DONE]'])(
    'is not the near miss %j',
    (data) => {
      expect(messageOf(`${say('a')}data: ${data}\n\n${say('b') + finish() + done}`)).toMatchObject({
        content: 'a',
        finishReason: 'error',
        error: { code: 'malformed-event' },
      })
    },
  )

  it('is said once, and nothing after it', () => {
    const ends = chunksOf(say('a') + finish() + done + done + finish()).filter(({ type }) => type === 'message-end')
    expect(ends).toHaveLength(1)
  })
})
