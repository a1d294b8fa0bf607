import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatError, ChatErrorCode } from './errors.ts'
import { errorFromPayload, errorFromResponse } from './provider-error.ts'

function answer(status: number, body: unknown, headers: Record<string, string> = {}): ChatError {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return errorFromResponse(new Response(null, { status, headers }), text)
}

describe('the status alone', () => {
  it.each<[number, ChatErrorCode]>([
    [200, 'not-a-stream'],
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [402, 'payment-required'],
    [403, 'forbidden'],
    [404, 'model-not-found'],
    [408, 'connect-timeout'],
    [413, 'context-too-long'],
    [422, 'bad-request'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'overloaded'],
    [504, 'server-error'],
    [529, 'overloaded'],
    [302, 'provider-error'],
  ])('%d means %s, and is named', (status, code) => {
    const error = answer(status, '')
    expect(error).toMatchObject({ code, status })
    expect(error.message).toContain(`${status}`)
  })

  it('408, 409, 429 and all from 500 on may heal', () => {
    const statuses = [400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529]
    expect(statuses.filter((status) => answer(status, '').retryable)).toEqual([408, 409, 429, 500, 502, 503, 504, 529])
  })
})

describe('the header x-should-retry', () => {
  it('says whether to ask again, whatever the status', () => {
    expect(answer(429, '', { 'x-should-retry': 'false' })).toMatchObject({ code: 'rate-limited', retryable: false })
    expect(answer(400, '', { 'x-should-retry': 'true' })).toMatchObject({ code: 'bad-request', retryable: true })
  })
})

describe('the message', () => {
  const says = 'The moon is full'
  const nested = JSON.stringify({ error: { message: says } })

  it.each([
    ['error.message', { error: { message: says, type: 'odd', param: null, code: null } }],
    ['error as text', { code: 'odd', error: says }],
    ['detail', { detail: says }],
    ['the message of the first detail', { detail: [{ loc: ['body'], msg: says, type: 'missing' }] }],
    ['message', { message: says }],
    ['an error in a list', [{ error: { code: 400, message: says, status: 'ODD' } }]],
    ['what a gateway was told, as text', { error: { message: 'Provider returned error', metadata: { raw: says } } }],
    ['what a gateway was told, as JSON', { error: { message: 'Provider returned error', metadata: { raw: nested } } }],
    ['the body, where it is text', `  ${says}\n`],
  ])('is read from %s', (_, body) => {
    expect(answer(400, body).message).toContain(`"${says}`)
  })

  it.each(['<!doctype html><p>Sign in</p>', '\n <html>Sign in</html>'])('is not a page of HTML: %j', (page) => {
    expect(answer(502, page).message).not.toContain('Sign in')
    expect(answer(502, page).message).toContain('502')
  })

  it('is cut where it is very long', () => {
    expect(answer(400, 'x'.repeat(10_000)).message.length).toBeLessThan(1000)
  })

  it.each(['null', '[]', '{}', '7', '{"error":null}', '{"error":7}', '{"detail":[]}'])(
    'may be missing as in %s',
    (body) => {
      expect(answer(500, body)).toMatchObject({ code: 'server-error', status: 500 })
    },
  )
})

describe("the provider's own words", () => {
  it.each<[string, number, object, ChatErrorCode]>([
    ['no quota left', 429, { message: 'You exceeded your quota.', code: 'insufficient_quota' }, 'payment-required'],
    ['no balance left', 400, { message: 'Insufficient balance.' }, 'payment-required'],
    [
      'no credit left',
      400,
      { message: 'Your credit balance is too low to access the Anthropic API.' },
      'payment-required',
    ],
    ['a key it does not know', 400, { message: 'API key not valid.', status: 'INVALID_ARGUMENT' }, 'unauthorized'],
    ['a key of the wrong kind', 400, { message: 'No.', code: 'invalid_api_key' }, 'unauthorized'],
    ['too many requests', 400, { message: 'Rate limit reached.' }, 'rate-limited'],
    ['a resource that is exhausted', 400, { message: 'Later.', status: 'RESOURCE_EXHAUSTED' }, 'rate-limited'],
    ['a context over its length', 400, { message: 'No.', code: 'context_length_exceeded' }, 'context-too-long'],
    ['a context over its size', 400, { message: 'No.', type: 'exceed_context_size_error' }, 'context-too-long'],
    ['a prompt over its length', 400, { message: 'The maximum prompt length is 8.' }, 'context-too-long'],
    ['a prompt that is too long', 400, { message: 'prompt is too long: 9 tokens > 8 maximum' }, 'context-too-long'],
    ['tokens over a maximum', 400, { message: 'The input token count exceeds 8.' }, 'context-too-long'],
    ['an answer that may not be so long', 400, { message: 'max_tokens is over the maximum of 8.' }, 'bad-request'],
    ['a limit on a key', 429, { message: 'Rate limit reached for your API key.' }, 'rate-limited'],
    ['a lack of memory', 500, { message: 'Insufficient GPU memory.' }, 'server-error'],
    ['its content filter', 400, { message: 'No.', code: 'content_filter' }, 'content-blocked'],
    ['a key that may not do this', 401, { message: 'You have insufficient permissions.' }, 'unauthorized'],
    ['being overloaded', 500, { message: 'No.', type: 'overloaded_error' }, 'overloaded'],
    ['a model that it does not have', 400, { message: 'The model `gpt-0` does not exist.' }, 'model-not-found'],
  ])('may tell of %s at status %d', (_, status, error, code) => {
    expect(answer(status, { error })).toMatchObject({ code, status })
  })

  it.each([
    ['code', { code: 'odd_code', type: 'odd_type', message: 'No.' }, 'odd_code'],
    ['status', { code: 400, status: 'ODD_STATUS', message: 'No.' }, 'ODD_STATUS'],
    ['type', { code: null, type: 'odd_type', message: 'No.' }, 'odd_type'],
    ['code as a number', { code: 400, message: 'No.' }, '400'],
  ])('are its code, from %s', (_, error, providerCode) => {
    expect(answer(400, { error }).providerCode).toBe(providerCode)
  })
})

describe('the wait', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
    ['milliseconds', { 'retry-after-ms': '250' }, 250],
    ['milliseconds rather than seconds', { 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    ['seconds where the milliseconds are 0', { 'retry-after-ms': '0', 'retry-after': '1' }, 1000],
  ])('is read from %s', (_, headers, retryAfterMs) => {
    expect(answer(429, '', headers).retryAfterMs).toBe(retryAfterMs)
  })

  it("is read from Google's details", () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.Help' }, { retryDelay: '26s' }]
    expect(answer(429, { error: { code: 429, message: 'Later.', details } }).retryAfterMs).toBe(26_000)
  })

  it.each([{}, { 'retry-after': 'soon' }, { 'retry-after': '-5' }, { 'retry-after': 'Thu, 01 Jan 2020 00:00:00 GMT' }])(
    'is unknown with %j',
    (headers) => {
      expect(answer(429, '', headers as Record<string, string>).retryAfterMs).toBeUndefined()
    },
  )
})

describe('the id of the request', () => {
  it.each(['x-request-id', 'request-id'])('is read from %s', (name) => {
    expect(answer(500, '', { [name]: 'req_1' }).requestId).toBe('req_1')
  })
})

describe('an error inside a stream', () => {
  it.each<[string, unknown, ChatErrorCode]>([
    ['a number for its code', { error: { code: 429, message: 'Later.' } }, 'rate-limited'],
    ['a status code', { error: { status_code: 503, message: 'Later.' } }, 'overloaded'],
    ['a word for its code', { error: { code: 'insufficient_quota', message: 'Pay.' } }, 'payment-required'],
    ['text alone', { error: 'The model is overloaded.' }, 'overloaded'],
    ['the name that our proxy gives a broken stream', { error: { code: 'incomplete', message: 'Cut.' } }, 'incomplete'],
    ['the name that our proxy gives a stall', { error: { code: 'stalled', message: 'Silence.' } }, 'incomplete'],
    ['nothing to go by', { error: { message: 'Hm.' } }, 'provider-error'],
  ])('is told by %s', (_, payload, code) => {
    expect(errorFromPayload(payload).code).toBe(code)
  })
})
