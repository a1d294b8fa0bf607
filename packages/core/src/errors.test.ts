import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ChatError, type ChatErrorCode } from './errors.ts'

/** Every code, and whether the same request may work later. A code that is missing here does not compile. */
const retryable: Record<ChatErrorCode, boolean> = {
  offline: true,
  network: true,
  cors: false,
  unauthorized: false,
  forbidden: false,
  'payment-required': false,
  'rate-limited': true,
  overloaded: true,
  'model-not-found': false,
  'context-too-long': false,
  'content-blocked': false,
  'bad-request': false,
  'server-error': true,
  'connect-timeout': true,
  'first-token-timeout': true,
  stalled: true,
  incomplete: true,
  'not-a-stream': false,
  'malformed-event': false,
  'event-too-large': false,
  'provider-error': false,
  'tool-failed': false,
  'tool-loop': false,
}
const codes = Object.keys(retryable) as ChatErrorCode[] // the keys of a record of codes

describe.each(codes)('%s', (code) => {
  it('has a message of three sentences that ends in the page of its code', () => {
    const { message } = new ChatError(code)
    expect(message).toMatch(new RegExp(`docs/errors/${code}\\.md$`))
    // A colon may lead over to the page.
    expect(message.match(/[.:] (?=[A-Z]|docs\/)/g)).toHaveLength(3)
  })

  it(`is ${retryable[code] ? '' : 'not '}retryable`, () => {
    expect(new ChatError(code).retryable).toBe(retryable[code])
  })
})

it('each code has its page in docs/errors, and each page its code', () => {
  const pages = readdirSync(new URL('../../../docs/errors', import.meta.url))
  expect(pages.filter((page) => page !== 'README.md').sort()).toEqual(codes.map((code) => `${code}.md`).sort())
})

describe('a ChatError', () => {
  it('is an error with a name and a cause', () => {
    const cause = new TypeError('terminated')
    const error = new ChatError('network', { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'ChatError', code: 'network' })
    expect(error.cause).toBe(cause)
  })

  it('says what happened in the words it is given, and keeps the rest of its message', () => {
    const { message } = new ChatError('stalled', { what: 'Nothing came for 30 s.' })
    expect(message.startsWith('Nothing came for 30 s. ')).toBe(true)
    expect(message.slice(message.indexOf('The reply'))).toBe(
      new ChatError('stalled').message.slice(new ChatError('stalled').message.indexOf('The reply')),
    )
  })

  it('carries what its kind knows', () => {
    const details = {
      status: 429,
      retryAfterMs: 2000,
      requestId: 'q',
      provider: 'p',
      providerCode: 'slow',
      excerpt: 'x',
    }
    expect(new ChatError('rate-limited', details)).toMatchObject(details)
  })

  it('may be told to be retryable or not', () => {
    expect(new ChatError('rate-limited', { retryable: false }).retryable).toBe(false)
  })

  it('is renderable: it iterates to its message', () => {
    const error = new ChatError('network')
    expect([...error]).toEqual([error.message])
  })
})
