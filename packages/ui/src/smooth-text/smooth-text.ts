import type { TextFeed } from '@millrace/hooks'

/** Says when text that has come is shown: the same feed, behind by a little. */
export type TextPace = (feed: TextFeed) => TextFeed

/** How evenly `smoothText` writes. */
export interface SmoothTextOptions {
  /** How far the text may be behind what came, in milliseconds. Default 200. */
  readonly lagMs?: number
}

/** The text's length at some moment, and by when that much is shown. */
interface Arrival {
  readonly length: number
  readonly dueAt: number
}

/**
 * Spreads bursts evenly: where a provider sends 500 characters at once, they are written within `lagMs`. The end of an
 * answer does not wait. Where less motion is wanted, and in a tab that is hidden, all text is shown as it comes.
 */
export function smoothText({ lagMs = 200 }: SmoothTextOptions = {}): TextPace {
  return (feed) => {
    const listeners = new Set<() => void>()
    let arrivals: Arrival[] = []
    let shown = feed.getText().length
    let frame: number | undefined
    let lastFrameAt = 0
    let unsubscribe = () => {}

    function onGrowth(): void {
      const { length } = feed.getText()
      const now = performance.now()
      if (isInHaste()) {
        arrivals = []
        shown = length
        return tell()
      }
      arrivals.push({ length, dueAt: now + lagMs })
      begin()
    }

    function begin(): void {
      if (frame !== undefined || arrivals.length === 0) return
      lastFrameAt = performance.now()
      frame = requestAnimationFrame(step)
    }

    function step(): void {
      const now = performance.now()
      shown = Math.max(shown, nextLength(shown, arrivals, now - lastFrameAt, now))
      lastFrameAt = now
      arrivals = arrivals.filter(({ length }) => length > shown)
      frame = arrivals.length > 0 ? requestAnimationFrame(step) : undefined
      tell()
    }

    function tell(): void {
      for (const listener of listeners) listener()
    }

    return {
      getText() {
        const text = feed.getText()
        return shown >= text.length ? text : text.slice(0, wholeLength(text, Math.floor(shown)))
      },
      subscribe(listener) {
        if (listeners.size === 0) unsubscribe = feed.subscribe(onGrowth)
        listeners.add(listener)
        // Whoever left in the middle, to listen again, goes on from there.
        begin()
        return () => {
          listeners.delete(listener)
          if (listeners.size > 0) return
          unsubscribe()
          if (frame !== undefined) cancelAnimationFrame(frame)
          frame = undefined
        }
      },
    }
  }
}

/** How much is to be shown after so many milliseconds more, for every arrival to be whole when it is due. */
export function nextLength(shown: number, arrivals: readonly Arrival[], elapsedMs: number, now: number): number {
  const perMs = arrivals.map(({ length, dueAt }) => (length - shown) / Math.max(1, dueAt - now + elapsedMs))
  const late = arrivals.filter(({ dueAt }) => dueAt <= now).map(({ length }) => length)
  return Math.max(shown + Math.max(0, ...perMs) * elapsedMs, ...late)
}

/** Not in the middle of a character that takes two. */
function wholeLength(text: string, length: number): number {
  const code = text.charCodeAt(length - 1)
  return code >= 0xd800 && code < 0xdc00 ? length - 1 : length
}

function isInHaste(): boolean {
  const { document, matchMedia } = globalThis as Partial<typeof globalThis>
  return document?.hidden === true || matchMedia?.('(prefers-reduced-motion: reduce)').matches === true
}
