import { fold } from '../strings/fold.ts'

/** How long the letters typed into a menu belong together. */
const typingMs = 500

/** Finds entries of a list by what is typed. */
export interface Typing {
  /** The place of the entry that begins with what was typed so far, looked for from `current` on and around; else -1. */
  find(key: string, labels: readonly string[], current: number, now: number): number
  /** Something was typed a moment ago: a space belongs to it. */
  isUnderWay(now: number): boolean
}

export function createTyping(): Typing {
  let typed = ''
  let typedAt = 0
  const isUnderWay = (now: number) => typed !== '' && now - typedAt < typingMs

  function find(key: string, labels: readonly string[], current: number, now: number): number {
    typed = (isUnderWay(now) ? typed : '') + fold(key)
    typedAt = now
    // The same letter again and again goes through all that begin with it.
    const isOneLetter = [...typed].every((letter) => letter === typed[0])
    const sought = isOneLetter ? (typed[0] ?? '') : typed
    const first = isOneLetter ? current + 1 : Math.max(0, current)
    const places = labels.map((_, index) => (first + index) % labels.length)
    return places.find((place) => fold((labels[place] ?? '').trim()).startsWith(sought)) ?? -1
  }

  return { find, isUnderWay }
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>

/** Which entry a key goes to from `current` (-1: none yet); -1 where it finds none, `undefined` where it is no such key. */
export function placeAfterKey(
  { key, ctrlKey, metaKey, altKey, timeStamp }: Key,
  current: number,
  labels: readonly string[],
  typing: Typing,
): number | undefined {
  if (ctrlKey || metaKey || altKey) return
  if (key === 'ArrowDown') return (current + 1) % labels.length
  if (key === 'ArrowUp') return (current > 0 ? current : labels.length) - 1
  if (key === 'Home') return 0
  if (key === 'End') return labels.length - 1
  // A space does what the entry is for, but in the middle of a word.
  if ([...key].length > 1 || (key === ' ' && !typing.isUnderWay(timeStamp))) return
  return typing.find(key, labels, current, timeStamp)
}
