'use client'

import { useChatActions } from '@millrace/hooks'
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import { findComposer, focusComposer } from '../composer/find-composer.ts'
import { insertText } from '../composer/insert-text.ts'
import { cx } from '../controls/class-names.ts'
import { suggestionWords } from '../strings/parts/suggestions.ts'
import { useWords } from '../strings/use-words.ts'

/** Things to say: to begin with, in the `empty` slot of a chat, or to go on with, in `FollowUps`. Put each in a `Suggestion`. */
export function Suggestions({ className, ...props }: ComponentPropsWithRef<'ul'>) {
  const strings = useWords(suggestionWords)
  return <ul aria-label={strings.suggestions} {...props} className={cx('mr-suggestions', className)} />
}

export interface SuggestionProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  /** What is sent. Default: the text inside. */
  readonly prompt?: string
  readonly children: ReactNode
}

/**
 * Sends its prompt when it is pressed, and passes the focus on to the composer. An `onClick` that prevents the default
 * keeps it from both.
 */
export function Suggestion({ prompt, children, className, onClick, ...props }: SuggestionProps) {
  const { sendMessage } = useChatActions()

  function send(event: MouseEvent<HTMLButtonElement>): void {
    onClick?.(event)
    if (event.defaultPrevented) return
    const button = event.currentTarget
    const area = findComposer(button)
    const text = prompt ?? button.textContent ?? ''
    // It may be gone once something is sent.
    focusComposer(button)
    sendMessage(text).catch(() => area && appendText(area, text))
  }

  return (
    <li>
      <button type="button" dir="auto" {...props} className={cx('mr-suggestion', className)} onClick={send}>
        {children}
      </button>
    </li>
  )
}

/** On a line of its own, where something is written already. */
function appendText(area: HTMLTextAreaElement, text: string): void {
  const { length } = area.value
  insertText(area, length > 0 ? `\n${text}` : text, length, length)
}
