import { afterEach, describe, expect, it, vi } from 'vitest'
import { holysheep } from '../providers/holysheep.ts'
import { streamReply } from './http-transport.ts'
import { assertTransportOptions, type TransportOptions } from './options.ts'

/** What people write who write no types. */
const check = (options: Record<string, unknown>) =>
  assertTransportOptions({ provider: holysheep, ...options } as TransportOptions)

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a mistake in the options', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no provider', { provider: undefined }],
    ['the name of a provider', { provider: 'holysheep' }],
    ['a provider without a base URL', { provider: {} }],
    ['a provider without a wire format', { provider: { baseURL: 'https://api.test' } }],
    ['the name of a wire format', { wire: 'openai-chat' }],
    ['a wire format that is none', { wire: {} }],
    ['a base URL without a scheme', { baseURL: 'api.test/v1' }],
    ['a base URL of another scheme', { baseURL: 'ftp://api.test' }],
    ['a base URL that runs code', { baseURL: 'javascript:alert(1)' }],
    ['a base URL without a host', { baseURL: 'https://' }],
    ['an empty base URL', { baseURL: '' }],
    ['a base URL that leaves out the scheme', { baseURL: '//api.test/v1' }],
    ['a base URL that is no text', { baseURL: 7 }],
    ['a key with a line break at its end', { apiKey: 'sk-secret\n' }],
    ['a key with a line break inside', { apiKey: 'sk\r\nx: secret' }],
    ['a key with a space', { apiKey: 'sk secret' }],
    ['a key that no header can hold', { apiKey: 'sk-secret-ß' }],
    ['a header with a line break', { headers: { 'x-note': 'one\r\nx: secret' } }],
    ['a header that no request can hold', { headers: { 'x-note': 'secret 你好' } }],
    ['a timeout by another name', { timeouts: { stallms: 1000 } }],
    ['a timeout that is no number', { timeouts: { stallMs: '30 s' } }],
    ['a timeout below zero', { timeouts: { connectMs: -1 } }],
    ['a single timeout', { timeouts: 3000 }],
    ['a number of retries', { retry: 3 }],
    ['retries by another name', { retry: { retries: 3 } }],
    ['retries that are a list', { retry: [3] }],
    ['a stream to take up, and nothing that can', { resumeFrom: 's1:0' }],
  ])('is found: %s', (_, options) => {
    expect(() => check(options)).toThrow(TypeError)
  })

  it('is not a path, on a server either: pages are rendered there as well', () => {
    expect(() => check({ baseURL: '/v1' })).not.toThrow()
  })

  it('is found when a reply is asked for, not when it is read', () => {
    expect(() => streamReply({ messages: [], model: 'm' }, { provider: holysheep, apiKey: 'a b' })).toThrow(TypeError)
  })

  it('is found in the headers of a single request as well', () => {
    const request = { messages: [], model: 'm', headers: { 'x-note': 'one\ntwo' } }
    expect(() => streamReply(request, { provider: holysheep })).toThrow(/header x-note/)
  })

  it('is named with the names that would do', () => {
    expect(() => check({ timeouts: { stallms: 1 } })).toThrow(/timeouts\.stallms .*connectMs, firstTokenMs, stallMs/)
  })

  it('is named without its value, which may be a key', () => {
    expect(() => check({ apiKey: 'sk secret' })).toThrow(/apiKey/)
    expect(() => check({ headers: { 'x-note': 'one\nsecret' } })).toThrow(/header x-note/)
    const header = { headers: { 'x-note': 'one\nsecret' } }
    for (const options of [{ apiKey: 'sk secret' }, { baseURL: 'sk-secret' }, header])
      expect(() => check(options)).not.toThrow(/secret/)
  })
})

describe('options', () => {
  it.each([
    ['no more than a provider', {}],
    ['a key', { apiKey: 'sk-A_z.0~!' }],
    ['an empty key', { apiKey: '' }],
    ['a base URL', { baseURL: 'http://localhost:1234/v1/' }],
    ['headers', { headers: { 'x-note': 'one, two\tthree', 'X_Y.Z': 'café' } }],
    ['timeouts', { timeouts: { connectMs: 0, stallMs: Number.POSITIVE_INFINITY, firstTokenMs: undefined } }],
    ['retries', { retry: { attempts: 0 } }],
    ['a base URL with a query', { baseURL: 'https://api.test/v1?a=b' }],
  ])('may be %s', (_, options) => {
    expect(() => check(options)).not.toThrow()
  })

  it('may have a path for a base URL on a page', () => {
    vi.stubGlobal('location', new URL('https://page.test/'))
    expect(() => check({ baseURL: '/v1' })).not.toThrow()
  })
})
