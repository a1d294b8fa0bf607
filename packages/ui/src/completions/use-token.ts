'use client'

import { type RefObject, useState } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { findToken, type Token, type Trigger } from './trigger.ts'

interface Typing {
  /** The text as it was typed last; what a program put into the field opens nothing. */
  readonly typed: string | undefined
  readonly caret: number
  /** Where the token is whose list was closed. */
  readonly dismissedAt: number | undefined
}

const idle: Typing = { typed: undefined, caret: 0, dismissedAt: undefined }

/** The token at the cursor of a field that somebody types in. @returns it, and how to leave it alone. */
export function useToken(
  areaRef: RefObject<HTMLTextAreaElement | null>,
  text: string,
  triggers: readonly Trigger[],
): [token: Token | undefined, dismiss: () => void] {
  const [{ typed, caret, dismissedAt }, setTyping] = useState(idle)
  const found = typed === text ? findToken(text, caret, triggers) : undefined
  const token = found?.start === dismissedAt ? undefined : found

  useIsomorphicLayoutEffect(() => {
    const area = areaRef.current
    if (!area) return
    const listening = new AbortController()
    const { signal } = listening
    const caretOf = ({ selectionStart, selectionEnd }: HTMLTextAreaElement) =>
      selectionStart === selectionEnd ? selectionStart : 0

    const page = area.ownerDocument
    const move = () => setTyping((before) => ({ ...before, caret: caretOf(area) }))
    // Above React's root, so that the field's own state knows the text before anything is rendered for this one: what
    // is due, React would render with the text before, and the letter would be lost.
    page.addEventListener(
      'input',
      (event) => {
        if (event.composedPath()[0] !== area) return
        const next = { typed: area.value, caret: caretOf(area) }
        const start = findToken(next.typed, next.caret, triggers)?.start
        setTyping(({ dismissedAt }) => ({ ...next, dismissedAt: start === dismissedAt ? dismissedAt : undefined }))
      },
      { signal },
    )
    // Browsers tell the document or the field, or nobody before a key is up.
    page.addEventListener('selectionchange', move, { signal })
    for (const moved of ['keyup', 'pointerup', 'select']) area.addEventListener(moved, move, { signal })
    area.addEventListener('blur', () => setTyping(idle), { signal })
    return () => listening.abort()
  }, [areaRef, triggers])

  return [token, () => setTyping((before) => ({ ...before, dismissedAt: found?.start }))]
}
