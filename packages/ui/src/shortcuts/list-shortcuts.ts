import { turnOf } from '../controls/transcript-of.ts'
import type { ShortcutStrings } from '../strings/parts/shortcuts.ts'

export interface Shortcut {
  /** Ways to press it, each with its keys as `aria-keyshortcuts` writes them: `Shift+F6`. */
  readonly keys: readonly string[]
  readonly label: string
}

export interface ShortcutGroup {
  readonly name: keyof ShortcutStrings['shortcutGroups']
  readonly shortcuts: readonly Shortcut[]
}

/** The keys that do something on a page: those of the chat, and those that its buttons name in `aria-keyshortcuts`. */
export function listShortcuts(page: ParentNode, words: ShortcutStrings): readonly ShortcutGroup[] {
  const buttons = [...page.querySelectorAll<HTMLElement>('.mr-chat [aria-keyshortcuts]')]
  const inTurns = namedBy(buttons.filter((button) => turnOf(button)))
  const elsewhere = namedBy(buttons.filter((button) => !turnOf(button))).filter(isOneLetter)
  const groups: readonly ShortcutGroup[] = [
    {
      name: 'everywhere',
      shortcuts: [
        { keys: ['F6'], label: words.nextRegion },
        { keys: ['Shift+F6'], label: words.previousRegion },
        { keys: ['Escape'], label: words.stopOrLeave },
      ],
    },
    {
      name: 'composer',
      shortcuts: [
        { keys: ['Enter'], label: words.sendMessage },
        { keys: ['Shift+Enter'], label: words.newLine },
        { keys: ['ArrowUp'], label: words.lastSent },
      ],
    },
    {
      name: 'transcript',
      shortcuts: [
        { keys: ['ArrowUp', 'ArrowDown'], label: words.goByTurn },
        { keys: ['Home', 'End'], label: words.firstOrLastTurn },
        { keys: ['b'], label: words.nextBlock },
        { keys: ['Shift+B'], label: words.previousBlock },
        ...elsewhere,
      ],
    },
    { name: 'turn', shortcuts: inTurns },
    { name: 'threads', shortcuts: page.querySelector('.mr-thread-list') ? keysOfThreads(words) : [] },
  ]
  return groups.filter(({ shortcuts }) => shortcuts.length > 0)
}

const keysOfThreads = (words: ShortcutStrings): readonly Shortcut[] => [
  { keys: ['ArrowUp', 'ArrowDown'], label: words.goByThread },
  { keys: ['Enter'], label: words.openThread },
  { keys: ['F2'], label: words.renameThreadByKey },
  { keys: ['Delete'], label: words.removeThreadByKey },
]

/** Each key once, however many turns have a button for it. */
function namedBy(buttons: readonly HTMLElement[]): readonly Shortcut[] {
  const labels = new Map<string, string>()
  for (const button of buttons) {
    const key = button.getAttribute('aria-keyshortcuts') ?? ''
    if (!labels.has(key)) labels.set(key, button.getAttribute('aria-label') ?? button.textContent ?? '')
  }
  return [...labels].map(([key, label]) => ({ keys: [key], label }))
}

const isOneLetter = ({ keys: [key = ''] }: Shortcut) => [...key].length === 1
