import { expect, it } from 'vitest'
import { isLocalHost } from './is-local-host.ts'

it.each(['localhost:5173', 'LOCALHOST', '127.0.0.1:80', '[::1]:5173', 'app.localhost'])(
  'takes %s for this machine',
  (host) => {
    expect(isLocalHost(host)).toBe(true)
  },
)

it.each(['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test:5173', 'localhost:80@evil.test', '', undefined])(
  'does not take %s for this machine',
  (host) => {
    expect(isLocalHost(host)).toBe(false)
  },
)
