import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPacer } from './pace.ts'

let frames: FrameRequestCallback[] = []
const flush = vi.fn()
const nextFrame = () => {
  const due = frames
  frames = []
  for (const frame of due) frame(0)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = []
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  flush.mockReset()
  frames = []
})

it('flushes once per frame, however much arrived', () => {
  const pacer = createPacer(() => 'frame', flush)
  for (let i = 0; i < 1000; i++) pacer.later()
  expect(flush).not.toHaveBeenCalled()
  nextFrame()
  expect(flush).toHaveBeenCalledOnce()
})

it('asks for no frame while nothing arrives', () => {
  const pacer = createPacer(() => 'frame', flush)
  pacer.later()
  nextFrame()
  expect(frames).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

it('flushes in a hidden tab as well, where no frame comes', () => {
  createPacer(() => 'frame', flush).later()
  vi.advanceTimersByTime(250)
  expect(flush).toHaveBeenCalledOnce()
})

it('flushes at once what must not wait, and not again in the next frame', () => {
  const pacer = createPacer(() => 'frame', flush)
  pacer.later()
  pacer.now()
  nextFrame()
  vi.advanceTimersByTime(1000)
  expect(flush).toHaveBeenCalledOnce()
})

it('flushes with every chunk where that is asked for', () => {
  const pacer = createPacer(() => 'chunk', flush)
  pacer.later()
  pacer.later()
  expect(flush).toHaveBeenCalledTimes(2)
})

it('flushes every so many milliseconds where that is asked for', () => {
  const pacer = createPacer(() => ({ everyMs: 50 }), flush)
  pacer.later()
  vi.advanceTimersByTime(49)
  pacer.later()
  expect(flush).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(flush).toHaveBeenCalledOnce()
})

it('paces by the clock where there are no frames at all', () => {
  vi.stubGlobal('requestAnimationFrame', undefined)
  createPacer(() => 'frame', flush).later()
  vi.advanceTimersByTime(16)
  expect(flush).toHaveBeenCalledOnce()
})
