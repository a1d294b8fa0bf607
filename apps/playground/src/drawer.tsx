import { type ReactNode, useEffect, useRef } from 'react'

export interface DrawerProps {
  readonly label: string
  readonly isOpen: boolean
  /** It was closed: with Escape, the back gesture or a tap beside it. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Slides in over the page from its start side, and has the focus while it is there. */
export function Drawer({ label, isOpen, onClose, children }: DrawerProps) {
  const ref = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    if (isOpen) ref.current?.showModal()
    else ref.current?.close()
  }, [isOpen])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the browser's own.
    <dialog
      ref={ref}
      className="pg-drawer"
      aria-label={label}
      onClose={onClose}
      // What is in it covers it: the dialog itself is hit beside it alone.
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      {children}
    </dialog>
  )
}
