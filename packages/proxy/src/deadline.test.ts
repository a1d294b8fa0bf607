import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDeadline } from './deadline.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('is due when it was not put off in time, once', () => {
  const onDue = vi.fn()
  const deadline = createDeadline(onDue)
  deadline.putOff(100)
  vi.advanceTimersByTime(60)
  deadline.putOff(100)
  vi.advanceTimersByTime(99)
  expect(onDue).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(onDue).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1_000)
  expect(onDue).toHaveBeenCalledOnce()
})

it('may become due earlier than it was', () => {
  const onDue = vi.fn()
  const deadline = createDeadline(onDue)
  deadline.putOff(10_000)
  deadline.putOff(100)
  vi.advanceTimersByTime(100)
  expect(onDue).toHaveBeenCalledOnce()
})

it('rests until it is put off again', () => {
  const onDue = vi.fn()
  const deadline = createDeadline(onDue)
  deadline.putOff(100)
  deadline.rest()
  vi.advanceTimersByTime(1_000)
  expect(onDue).not.toHaveBeenCalled()
  deadline.putOff(100)
  vi.advanceTimersByTime(100)
  expect(onDue).toHaveBeenCalledOnce()
})

it('leaves no timer behind', () => {
  const deadline = createDeadline(() => {})
  deadline.putOff(100)
  deadline.stop()
  expect(vi.getTimerCount()).toBe(0)
})
