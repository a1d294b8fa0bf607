'use client'

import { type ComponentPropsWithoutRef, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { activeElementOf } from './active-element-of.ts'
import { SelectContext } from './menu-item.tsx'
import { createTyping, placeAfterKey } from './menu-keys.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'
import { usePopover } from './use-popover.ts'

/** What a button has to be given to open a menu. */
export type MenuTriggerProps = Pick<
  ComponentPropsWithoutRef<'button'>,
  'id' | 'aria-haspopup' | 'aria-expanded' | 'onClick' | 'onKeyDown' | 'onPointerDown'
>

export interface MenuProps {
  /** The button that opens it, given these props. The menu is called what the button is. */
  readonly trigger: (props: MenuTriggerProps) => ReactNode
  readonly onOpen?: (() => void) | undefined
  /** Items and groups of them. They are rendered while the menu is open. */
  readonly children: ReactNode
}

type Entry = 'first' | 'last' | 'none'

/**
 * A menu button as the ARIA practices have it, on the browser's popover: above everything, closed by a press elsewhere. Where
 * there is no popover (jsdom) it is an element in the page.
 */
export function Menu({ trigger, onOpen, children }: MenuProps) {
  const id = useId()
  const [opened, setOpened] = useState<{ readonly entry: Entry; readonly trigger: HTMLElement }>()
  const wasOpen = useRef(false)
  const isOpen = opened !== undefined

  function open(target: HTMLElement, from: Entry): void {
    // Safari gives a button that is clicked no focus, and the browser gives it back to whoever had it.
    target.focus({ preventScroll: true })
    onOpen?.()
    setOpened({ entry: from, trigger: target })
  }

  const triggerProps: MenuTriggerProps = {
    id,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onPointerDown: () => {
      wasOpen.current = isOpen
    },
    onClick: (event) => {
      const isPress = event.detail > 0
      // The press closed it already, as one elsewhere would have.
      if (isPress && wasOpen.current) return
      open(event.currentTarget, isPress ? 'none' : 'first')
    },
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      open(event.currentTarget, event.key === 'ArrowUp' ? 'last' : 'first')
    },
  }

  return (
    <>
      {trigger(triggerProps)}
      {opened && (
        <MenuPopup labelledBy={id} {...opened} onClose={() => setOpened(undefined)}>
          {children}
        </MenuPopup>
      )}
    </>
  )
}

interface MenuPopupProps {
  readonly labelledBy: string
  readonly entry: Entry
  readonly trigger: HTMLElement
  readonly onClose: () => void
  readonly children: ReactNode
}

function MenuPopup({ labelledBy, entry, trigger, onClose, children }: MenuPopupProps) {
  const ref = useRef<HTMLDivElement>(null)
  const [typing] = useState(createTyping)

  usePopover(ref, trigger, onClose)

  useIsomorphicLayoutEffect(() => {
    const popup = ref.current
    if (!popup) return
    const items = itemsOf(popup)
    const target = entry === 'none' ? popup : items.at(entry === 'last' ? -1 : 0)
    target?.focus({ preventScroll: true })
  }, [entry])

  function dismiss(): void {
    // The browser gives the focus back where it hides it.
    ref.current?.hidePopover?.()
    trigger.focus({ preventScroll: true })
    onClose()
  }

  function handleKey(event: KeyboardEvent<HTMLElement>): void {
    // What is typed here is for nobody around.
    event.stopPropagation()
    const popup = event.currentTarget
    const items = itemsOf(popup)
    // The key that opened it, still held, would take the first there is.
    if (event.key === 'Enter' && event.repeat) event.preventDefault()
    // From the trigger the browser goes on to what is next to it.
    if (event.key === 'Tab') return dismiss()
    if (event.key === 'Escape') {
      event.preventDefault()
      return dismiss()
    }
    const active = activeElementOf(popup)
    const current = active ? items.indexOf(active) : -1
    const labels = items.map(({ textContent }) => textContent ?? '')
    const next = placeAfterKey(event, current, labels, typing)
    if (next === undefined) return
    event.preventDefault()
    items[next]?.focus()
  }

  function select(action: () => void): void {
    dismiss()
    action()
  }

  return (
    <SelectContext.Provider value={select}>
      <div ref={ref} className="mr-menu" role="menu" tabIndex={-1} aria-labelledby={labelledBy} onKeyDown={handleKey}>
        {children}
      </div>
    </SelectContext.Provider>
  )
}

const itemsOf = (popup: HTMLElement): readonly HTMLElement[] => [
  ...popup.querySelectorAll<HTMLElement>('[role^="menuitem"]'),
]
