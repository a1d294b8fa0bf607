import type { ChatStore } from '@millrace/hooks'
import { fold } from '../strings/fold.ts'

/** Something to choose. */
export interface Completion {
  /** Distinct among those that are offered together. */
  readonly id: string
  readonly label: string
  /** In smaller letters beside it. */
  readonly detail?: string | undefined
  /** Written in place of what was typed. Default: nothing, which takes that away. */
  readonly insert?: string | undefined
  /** Called after that. */
  readonly run?: ((chat: ChatStore) => void) | undefined
}

/** What opens a list while a message is written: a sign at the beginning of a word. */
export interface Trigger {
  readonly char: string
  /** What goes with the letters behind the sign. A search that is no longer wanted is told so by the signal. */
  readonly search: (query: string, signal: AbortSignal) => readonly Completion[] | Promise<readonly Completion[]>
}

/** The word being written behind a trigger's sign. */
export interface Token {
  readonly trigger: Trigger
  /** Where the sign is. */
  readonly start: number
  readonly end: number
  readonly query: string
}

/** Not within a word, an address or a path; but languages without spaces have no beginnings of words. */
const before =
  /^$|[\s([{"'“‘«]$|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]$/u

/** The token that ends at the cursor. */
export function findToken(text: string, caret: number, triggers: readonly Trigger[]): Token | undefined {
  const written = text.slice(0, caret)
  for (const trigger of triggers) {
    const start = written.lastIndexOf(trigger.char)
    const query = written.slice(start + trigger.char.length)
    if (start >= 0 && !/\s/.test(query) && before.test(written.slice(0, start)))
      return { trigger, start, end: caret, query }
  }
  return undefined
}

/** Those whose words begin with the query, the name before the detail; letters without accents find those with. */
export function filterCompletions(query: string, all: readonly Completion[]): readonly Completion[] {
  const sought = fold(query)
  const beginsIn = (text = '') => fold(text).startsWith(sought) || fold(text).includes(` ${sought}`)
  const byLabel = all.filter(({ label }) => beginsIn(label))
  const byDetail = sought === '' ? [] : all.filter((each) => !byLabel.includes(each) && beginsIn(each.detail))
  return [...byLabel, ...byDetail]
}
