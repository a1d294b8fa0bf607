'use client'

import { Check, Copy, X } from 'lucide'
import { type ComponentPropsWithoutRef, useEffect, useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { copyText } from './copy-text.ts'

type Outcome = 'copied' | 'failed'

const outcomeShownMs = 2000
const icons = { copied: Check, failed: X }

export interface CopyButtonProps extends Pick<ComponentPropsWithoutRef<'button'>, 'aria-keyshortcuts'> {
  /** A function is asked when the button is pressed. */
  readonly text: string | (() => string)
  /** What it does. Default: that it copies. */
  readonly label?: string
}

/** Copies a text, and says for two seconds whether it did. */
export function CopyButton({ text, label, ...props }: CopyButtonProps) {
  const strings = useStrings()
  const [outcome, setOutcome] = useState<Outcome>()
  const [isNear, setIsNear] = useState(false)
  const said = outcome && { copied: strings.copied, failed: strings.copyFailed }[outcome]
  const icon = outcome ? icons[outcome] : Copy

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), outcomeShownMs)
    return () => clearTimeout(timer)
  }, [outcome])

  function copy(): void {
    copyText(typeof text === 'string' ? text : text()).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    )
  }

  return (
    <>
      <IconButton
        {...props}
        label={label ?? strings.copy}
        data-outcome={outcome}
        onFocus={() => setIsNear(true)}
        onClick={copy}
      >
        <Icon of={icon} />
      </IconButton>
      {/* It has to be there before it speaks; but one for every message, all the time, would be too many. */}
      {isNear && <VisuallyHidden role="status">{said}</VisuallyHidden>}
    </>
  )
}
