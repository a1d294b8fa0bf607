import { expect, it } from 'vitest'
import type { ProxyOptions } from './options.ts'
import { createProxy } from './proxy.ts'

const baseURL = 'https://upstream.test/v1'

it.each(['', '/v1', 'upstream.test/v1', 'file:///etc/passwd'])('refuses the base URL "%s"', (url) => {
  expect(() => createProxy({ upstream: { baseURL: url } })).toThrow(TypeError)
  expect(() => createProxy({ upstream: { baseURL: url } })).toThrow('upstream.baseURL')
})

it('says that the upstream is missing', () => {
  const options = { apiKey: 'sk-secret' } as unknown as ProxyOptions
  expect(() => createProxy(options)).toThrow('The option upstream is missing')
})

it('refuses a password in the base URL without repeating it', () => {
  const create = () => createProxy({ upstream: { baseURL: 'https://user:hunter22@upstream.test' } })
  expect(create).toThrow(TypeError)
  expect(create).not.toThrow('hunter22')
})

it('refuses a key with a line break without repeating it', () => {
  const create = () => createProxy({ upstream: { baseURL, apiKey: 'sk-secret\n' } })
  expect(create).toThrow(TypeError)
  expect(create).not.toThrow('sk-secret')
})

it('refuses a header that could not be sent without repeating its value', () => {
  const create = () => createProxy({ upstream: { baseURL, headers: { 'api-key': 'sk-secret\nx: y' } } })
  expect(create).toThrow('"api-key"')
  expect(create).not.toThrow('sk-secret')
})

it('refuses a limit that is not a positive number', () => {
  expect(() => createProxy({ upstream: { baseURL }, maxBodyBytes: 0 })).toThrow('maxBodyBytes')
  expect(() => createProxy({ upstream: { baseURL }, timeouts: { idleMs: Number.NaN } })).toThrow('timeouts.idleMs')
})

it('refuses a number of proxies in front that would take the word of anybody', () => {
  expect(() => createProxy({ upstream: { baseURL }, proxiesInFront: -1 })).toThrow('proxiesInFront')
})
