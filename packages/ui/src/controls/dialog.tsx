'use client'

import { X } from 'lucide'
import { type ComponentPropsWithoutRef, type ReactNode, type RefObject, useId, useRef } from 'react'
import { dialogWords } from '../strings/parts/dialog.ts'
import { useWords } from '../strings/use-words.ts'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** What the dialog hears for itself. */
type OwnHandlers = 'onClose' | 'onKeyDown' | 'onPointerDown' | 'onClick'

export interface DialogProps extends Omit<ComponentPropsWithoutRef<'dialog'>, 'title' | 'open' | OwnHandlers> {
  readonly title: ReactNode
  /** Asked for by Escape, by the cross, and by a press beside it: render it no longer. */
  readonly onClose: () => void
  /** A press beside it does not close it: what was typed in it would be lost. */
  readonly keepsOpen?: boolean
  /** Who has the focus at first. Default: the dialog, which is read out from its title on. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined
}

/**
 * A modal dialog, open as long as it is rendered. The browser keeps everything else out of reach, and gives the focus back at
 * the end to whoever had it. Its keys reach nobody around it.
 */
export function Dialog({
  title,
  onClose,
  keepsOpen = false,
  initialFocus,
  className,
  children,
  ...props
}: DialogProps) {
  const strings = useWords(dialogWords)
  const titleId = useId()
  const ref = useRef<HTMLDialogElement>(null)
  const isPressBeside = useRef(false)

  useIsomorphicLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    // jsdom has no modal ones.
    if (dialog.showModal) dialog.showModal()
    else dialog.setAttribute('open', '')
    const first = initialFocus?.current ?? dialog
    first.focus({ preventScroll: true })
    return () => dialog.close?.()
  }, [initialFocus])

  return (
    <dialog
      tabIndex={-1}
      aria-labelledby={titleId}
      {...props}
      ref={ref}
      className={cx('mr-dialog', className)}
      onKeyDown={(event) => event.stopPropagation()}
      onClose={(event) => {
        event.stopPropagation()
        // StrictMode closes it once, and opens it again before it tells.
        if (!event.currentTarget.open) onClose()
      }}
      onPointerDown={(event) => {
        isPressBeside.current = isBeside(event)
      }}
      onClick={(event) => {
        if (!keepsOpen && isPressBeside.current && isBeside(event)) event.currentTarget.close()
      }}
    >
      <header className="mr-dialog-header">
        <h2 id={titleId} className="mr-dialog-title">
          {title}
        </h2>
        <IconButton label={strings.close} onClick={() => ref.current?.close()}>
          <Icon of={X} />
        </IconButton>
      </header>
      <div className="mr-dialog-body">{children}</div>
    </dialog>
  )
}

interface Press {
  readonly target: EventTarget
  readonly currentTarget: HTMLElement
  readonly clientX: number
  readonly clientY: number
}

/** The backdrop belongs to the dialog: only the place tells it apart from the dialog's own edge. */
function isBeside({ target, currentTarget, clientX: x, clientY: y }: Press): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
  return target === currentTarget && (x < left || x > right || y < top || y > bottom)
}
