import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventStreamBody, type NumberedEvents } from './event-stream-body.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A body whose events the test gives it. */
function givenBody() {
  const waiting: ((next: NumberedEvents | undefined) => void)[] = []
  const read = vi.fn(() => new Promise<NumberedEvents | undefined>((resolve) => waiting.push(resolve)))
  const onCancel = vi.fn()
  const reader = eventStreamBody({ streamId: 's', read, heartbeatMs: 1000, onCancel }).getReader()
  return {
    read,
    onCancel,
    give: (next?: NumberedEvents) => waiting.shift()?.(next),
    next: async () => {
      const { value } = await reader.read()
      return value && new TextDecoder().decode(value)
    },
    cancel: () => reader.cancel(),
  }
}

it('says something before there is anything', async () => {
  const { next, read } = givenBody()
  expect(await next()).toBe(': ok\n\n')
  expect(read).not.toHaveBeenCalled()
})

it('says that it lives as often as nothing comes for that long, and then loses nothing', async () => {
  const { next, give, read } = givenBody()
  await next()
  for (let count = 0; count < 3; count++) {
    const text = next()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await text).toBe(': still here\n\n')
  }
  const text = next()
  give({ seq: 4, events: ['data: a\n\n', 'data: b\n\n'] })
  expect(await text).toBe('id: s:4\ndata: a\n\nid: s:5\ndata: b\n\n')
  expect(read).toHaveBeenCalledOnce()
})

it('ends with its events', async () => {
  const { next, give } = givenBody()
  await next()
  const text = next()
  give()
  expect(await text).toBeUndefined()
})

it('tells that its reader has gone', async () => {
  const { next, cancel, onCancel } = givenBody()
  await next()
  await cancel()
  expect(onCancel).toHaveBeenCalledOnce()
})
