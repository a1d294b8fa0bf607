import type { KeyboardEvent } from 'react'
import { isComposing } from './is-composing.ts'

/** The keys of a field in which a message is changed: Enter saves, Shift+Enter begins a line, Escape leaves it as it was. */
export const editorKeys = (save: () => void, leave: () => void) => (event: KeyboardEvent) => {
  const isEnter = event.key === 'Enter' && !event.shiftKey && !event.altKey
  if (isComposing(event) || !(isEnter || event.key === 'Escape')) return
  event.preventDefault()
  if (isEnter) save()
  else leave()
}
