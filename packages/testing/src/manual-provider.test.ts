import { expect, it } from 'vitest'
import { createManualProvider } from './manual-provider.ts'

it('takes a request that comes as one, and hears of its client', async () => {
  const manual = createManualProvider()
  const client = new AbortController()
  const url = 'http://localhost/v1/chat/completions'
  await manual.fetch(new Request(url, { method: 'POST', body: '{"model":"m"}', signal: client.signal }))
  const [request] = manual.requests
  expect([request?.method, request?.url, await request?.text()]).toEqual(['POST', url, '{"model":"m"}'])
  client.abort()
  expect(manual.cancelled).toBe(1)
})

it('takes a path alone for an address', async () => {
  const manual = createManualProvider()
  await manual.fetch('/v1/chat/completions', { method: 'POST', body: '{}' })
  expect(manual.requests[0]?.url).toBe('http://localhost/v1/chat/completions')
})
