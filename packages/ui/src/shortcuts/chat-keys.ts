import type { ChatStore } from '@millrace/hooks'
import type { KeyboardEvent } from 'react'
import { isComposing } from '../composer/is-composing.ts'
import { transcriptOf, turnOf } from '../controls/transcript-of.ts'

const fields = 'input, textarea, select, [contenteditable]'
/** Not the one in which a message of the transcript is changed. */
const composer = 'textarea:not([role="log"] *)'

/**
 * The keys of a chat, for the `onKeyDown` of the element around its parts; `Chat` has them. Escape stops the reply, else it is
 * for the dialog around the chat, else it goes out of what has the focus: from a button to its turn, and between transcript
 * and composer. In the transcript arrows, Home and End go from turn to turn, B and Shift+B to the next and the last block of
 * code or table; and a letter presses the button that has it as `aria-keyshortcuts`, in the turn that has the focus, else
 * outside of turns.
 */
export function handleChatKey(event: KeyboardEvent<HTMLElement>, store: Pick<ChatStore, 'getState' | 'stop'>): void {
  if (event.defaultPrevented || isComposing(event)) return
  if (isTaken(event, store)) event.preventDefault()
}

function isTaken(event: KeyboardEvent<HTMLElement>, store: Pick<ChatStore, 'getState' | 'stop'>): boolean {
  const { key, currentTarget: chat } = event
  const target = event.target as HTMLElement
  const transcript = transcriptOf(target)
  const turn = turnOf(target)
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (key === 'Escape') {
    if (store.getState().replyIds.length > 0) {
      store.stop()
      return true
    }
    if (chat.closest('dialog, [role="dialog"], [popover]')) return false
    if (!transcript) return focusOn(chat.querySelector(target.closest('form') ? '[role="log"]' : composer))
    return focusOn(turn && turn !== target ? turn : chat.querySelector(composer))
  }
  if (!transcript || target.closest(fields)) return false
  if (key.toLowerCase() === 'b') return focusOn(blockBeside(target, transcript, event.shiftKey))
  // A letter that is held would press its button over and over.
  if ([...key].length === 1) return !event.repeat && press(key.toLowerCase(), turn, chat)
  // What scrolls by itself needs its arrows.
  if (target !== transcript && target.tabIndex === 0 && !target.matches('button, summary, a')) return false
  if (turn === target && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const isForward = (key === 'ArrowRight') !== (getComputedStyle(turn).direction === 'rtl')
    return press(isForward ? 'ArrowRight' : 'ArrowLeft', turn, chat)
  }
  return focusOn(turnFor(key, turn, transcript), key === 'End')
}

function turnFor(key: string, turn: HTMLElement | null, transcript: HTMLElement): HTMLElement | undefined {
  const turns = [...transcript.querySelectorAll('article')]
  const { top, bottom } = transcript.getBoundingClientRect()
  if (key === 'Home') return turns[0]
  if (key === 'End') return turns.at(-1)
  if (key === 'ArrowDown') {
    if (turn) return turns[turns.indexOf(turn) + 1]
    return turns.find((shown) => shown.getBoundingClientRect().bottom > top)
  }
  if (key !== 'ArrowUp') return
  if (turn) return turns[turns.indexOf(turn) - 1]
  return turns.findLast((shown) => shown.getBoundingClientRect().top < bottom)
}

/** The next block of code or table from there, or the one before. */
function blockBeside(target: HTMLElement, transcript: HTMLElement, isBefore: boolean): HTMLElement | undefined {
  const blocks = [...transcript.querySelectorAll<HTMLElement>('.mr-code > pre, .mr-table')]
  const follows = (block: HTMLElement) => target.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING
  const precedes = (block: HTMLElement) => target.compareDocumentPosition(block) === Node.DOCUMENT_POSITION_PRECEDING
  return isBefore ? blocks.findLast(target === transcript ? () => true : precedes) : blocks.find(follows)
}

function press(key: string, turn: HTMLElement | null, chat: HTMLElement): boolean {
  const has = (button: HTMLElement) => button.getAttribute('aria-keyshortcuts')?.toLowerCase() === key.toLowerCase()
  const named = '[aria-keyshortcuts]'
  const button =
    (turn && [...turn.querySelectorAll<HTMLElement>(named)].find(has)) ??
    [...chat.querySelectorAll<HTMLElement>(named)].find((other) => has(other) && !turnOf(other))
  button?.click()
  return button !== undefined
}

function focusOn(element: HTMLElement | null | undefined, isToEnd = false): boolean {
  if (!element) return false
  element.focus({ preventScroll: true })
  // What is higher than the view is read from its beginning.
  const isHigh = element.offsetHeight > (transcriptOf(element)?.clientHeight ?? 0)
  element.scrollIntoView?.({ block: isToEnd ? 'end' : isHigh ? 'start' : 'nearest' })
  return true
}
