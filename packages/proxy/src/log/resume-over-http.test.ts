import { createMessage, holysheep, resumable, streamReply } from '@millrace/core'
import { expect, it, onTestFinished } from 'vitest'
import { startCountingUpstream, wholeText } from '../test-support/servers/counting-upstream.ts'
import { startCuttingRelay } from '../test-support/servers/cutting-relay.ts'
import { startReplica } from '../test-support/servers/replica.ts'

const events = 400

it('a reply whose connections are cut at random has every event once', { timeout: 30_000 }, async () => {
  const upstream = await startCountingUpstream({ events, everyMs: 4 })
  onTestFinished(upstream.close)
  const replica = await startReplica({ upstream: upstream.url })
  onTestFinished(replica.kill)
  // Some within the headers, some within an event, some between two. The first answer has to say which stream it is.
  let connections = 0
  const cutAfter = () => (connections++ === 0 ? 1_500 : 100) + Math.floor(Math.random() * 20_000)
  const relay = await startCuttingRelay(replica.port, cutAfter)
  onTestFinished(relay.close)

  let text = ''
  const request = { model: 'm', messages: [createMessage({ role: 'user', content: 'Count' })] }
  const options = { provider: holysheep, baseURL: `http://127.0.0.1:${relay.port}/v1`, apiKey: 'none' }
  for await (const chunk of streamReply(request, { ...options, resume: resumable({ attempts: 20 }) })) {
    if (chunk.type === 'text-delta') text += chunk.text
    if (chunk.type === 'message-end') expect(chunk).toMatchObject({ finishReason: 'stop' })
  }
  expect(text).toBe(wholeText(events))
  expect(relay.cuts).toBeGreaterThan(1)
  expect(upstream.requestCount).toBe(1)
})

it('a reply that is stopped is stopped upstream', { timeout: 30_000 }, async () => {
  const upstream = await startCountingUpstream({ events: 10_000, everyMs: 5 })
  onTestFinished(upstream.close)
  const replica = await startReplica({ upstream: upstream.url })
  onTestFinished(replica.kill)
  const stop = new AbortController()
  const request = { model: 'm', messages: [createMessage({ role: 'user', content: 'Count' })] }
  const options = { provider: holysheep, baseURL: `${replica.url}/v1`, apiKey: 'none', signal: stop.signal }
  let last: unknown
  for await (const chunk of streamReply(request, { ...options, resume: resumable() })) {
    if (chunk.type === 'text-delta') stop.abort()
    last = chunk
  }
  expect(last).toMatchObject({ finishReason: 'aborted' })
  await expect.poll(() => upstream.openCount).toBe(0)
})
