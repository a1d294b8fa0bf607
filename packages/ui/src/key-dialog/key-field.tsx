'use client'

import { Eye, EyeOff } from 'lucide'
import { type ClipboardEvent, type ComponentPropsWithoutRef, type RefObject, useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { keyDialogWords } from '../strings/parts/key-dialog.ts'
import { useWords } from '../strings/use-words.ts'

export interface KeyFieldProps extends ComponentPropsWithoutRef<'input'> {
  readonly fieldRef: RefObject<HTMLInputElement | null>
}

/** Where a key is typed or pasted. React would write the value of a controlled field into the page as an attribute. */
export function KeyField({ fieldRef, ...props }: KeyFieldProps) {
  const words = useWords(keyDialogWords)
  const [isShown, setIsShown] = useState(false)

  /** What is copied often has a line break at its end, which no key has. */
  function paste(event: ClipboardEvent<HTMLInputElement>): void {
    const { selectionStart, selectionEnd } = event.currentTarget
    event.preventDefault()
    const text = event.clipboardData.getData('text').trim()
    event.currentTarget.setRangeText(text, selectionStart ?? 0, selectionEnd ?? 0, 'end')
    event.currentTarget.dispatchEvent(new Event('input', { bubbles: true }))
  }

  return (
    // Keys are written from left to right, and the eye stands behind them.
    <span className="mr-key-field" dir="ltr">
      <input
        {...props}
        ref={fieldRef}
        className="mr-input"
        type={isShown ? 'text' : 'password'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onPaste={paste}
      />
      <IconButton
        label={isShown ? words.hideKey : words.showKey}
        aria-pressed={isShown}
        onClick={() => setIsShown(!isShown)}
      >
        <Icon of={isShown ? EyeOff : Eye} />
      </IconButton>
    </span>
  )
}
