'use client'

import { Ellipsis } from 'lucide'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { usePopover } from '../controls/use-popover.ts'
import { actionWords } from '../strings/parts/actions.ts'
import { useWords } from '../strings/use-words.ts'

export interface MoreActionsProps {
  /** Buttons: `Feedback`, `ReadAloud`, your own. */
  readonly children: ReactNode
}

/**
 * Actions of a message for which a phone has no room: there they stand behind a button, elsewhere beside the others. For the
 * `actions` of a `Chat`.
 */
export function MoreActions({ children }: MoreActionsProps) {
  const words = useWords(actionWords)
  const ref = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  const [trigger, setTrigger] = useState<HTMLElement | null>(null)
  const close = () => setTrigger(null)
  usePopover(ref, trigger, close)

  useEffect(() => {
    if (trigger) ref.current?.querySelector('button')?.focus({ preventScroll: true })
  }, [trigger])

  function onKeyDown(event: KeyboardEvent): void {
    // The key that showed them, still held, would press the first.
    if (event.key === 'Enter' && event.repeat) event.preventDefault()
    if (event.key !== 'Escape' || !trigger) return
    event.preventDefault()
    close()
    trigger.focus({ preventScroll: true })
  }

  return (
    <>
      <IconButton
        className="mr-more"
        label={words.moreActions}
        aria-expanded={trigger !== null}
        onPointerDown={() => {
          wasOpen.current = trigger !== null
        }}
        onClick={({ currentTarget, detail }) => {
          // The press closed it already, as one elsewhere would have.
          if (detail > 0 && wasOpen.current) return
          setTrigger(trigger ? null : currentTarget)
        }}
      >
        <Icon of={Ellipsis} />
      </IconButton>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that come from what is inside. */}
      <div ref={ref} className="mr-more-actions" onKeyDown={onKeyDown}>
        {children}
      </div>
    </>
  )
}
