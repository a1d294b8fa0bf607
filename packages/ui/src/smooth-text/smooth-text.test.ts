// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { smoothText } from './smooth-text.ts'

const frameMs = 16
let isReduced: boolean

beforeEach(() => {
  isReduced = false
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] })
  vi.stubGlobal('matchMedia', () => ({ matches: isReduced }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function createSource(first = '') {
  const listeners = new Set<() => void>()
  let text = first
  return {
    listeners,
    say(more: string) {
      text += more
      for (const listener of listeners) listener()
    },
    feed: {
      getText: () => text,
      subscribe(listener: () => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  }
}

/** What is shown with each frame of so many milliseconds. */
function lengthsDuring(ms: number, getText: () => string): number[] {
  return Array.from({ length: Math.ceil(ms / frameMs) }, () => {
    vi.advanceTimersByTime(frameMs)
    return getText().length
  })
}

describe('a burst of 500 characters', () => {
  it('is written evenly, and whole within the lag', () => {
    const source = createSource()
    const smooth = smoothText()(source.feed)
    smooth.subscribe(() => {})
    source.say('x'.repeat(500))
    expect(smooth.getText()).toBe('')
    const lengths = lengthsDuring(250, smooth.getText)
    const steps = lengths.map((length, index) => length - (lengths[index - 1] ?? 0)).filter((step) => step > 0)
    expect(Math.max(...steps)).toBeLessThan(60)
    expect(steps.length).toBeGreaterThan(8)
    expect(lengths.at(-1)).toBe(500)
  })

  it('is shown at once where less motion is wanted', () => {
    isReduced = true
    const source = createSource()
    const smooth = smoothText()(source.feed)
    const told = vi.fn()
    smooth.subscribe(told)
    source.say('x'.repeat(500))
    expect(smooth.getText()).toHaveLength(500)
    expect(told).toHaveBeenCalledOnce()
  })
})

it('writes evenly where nobody can say whether less motion is wanted', () => {
  vi.stubGlobal('matchMedia', undefined)
  const source = createSource()
  const smooth = smoothText()(source.feed)
  smooth.subscribe(() => {})
  source.say('x'.repeat(500))
  expect(lengthsDuring(250, smooth.getText).at(-1)).toBe(500)
})

it('is never behind by more than the lag, burst after burst', () => {
  const source = createSource()
  const smooth = smoothText({ lagMs: 200 })(source.feed)
  smooth.subscribe(() => {})
  const came: number[] = []
  for (let frame = 0; frame < 200; frame++) {
    if (frame % 9 === 0) source.say('word '.repeat(1 + ((frame * 7) % 90)))
    came.push(source.feed.getText().length)
    vi.advanceTimersByTime(frameMs)
    const framesBehind = Math.ceil(250 / frameMs)
    expect(smooth.getText().length).toBeGreaterThanOrEqual(came[frame - framesBehind] ?? 0)
  }
})

it('shows no half of a character', () => {
  const source = createSource()
  const smooth = smoothText()(source.feed)
  smooth.subscribe(() => {})
  source.say('🌊'.repeat(100))
  for (let frame = 0; frame < 15; frame++) {
    vi.advanceTimersByTime(frameMs)
    expect(smooth.getText()).toMatch(/^(?:🌊)*$/u)
  }
})

it('goes on where somebody leaves in the middle and listens again', () => {
  const source = createSource()
  const smooth = smoothText()(source.feed)
  const leave = smooth.subscribe(() => {})
  source.say('x'.repeat(500))
  leave()
  smooth.subscribe(() => {})
  expect(lengthsDuring(250, smooth.getText).at(-1)).toBe(500)
})

it('does nothing any more once nobody listens', () => {
  const source = createSource()
  const smooth = smoothText()(source.feed)
  const leave = smooth.subscribe(() => {})
  source.say('x'.repeat(500))
  leave()
  expect(source.listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})
