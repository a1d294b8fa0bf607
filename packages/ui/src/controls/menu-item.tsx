'use client'

import { Check, type IconNode } from 'lucide'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { Icon } from './icon.tsx'

/** Closes the menu that an item is in, and then does what it is for. */
export const SelectContext = createContext<(action: () => void) => void>((action) => action())

export interface MenuItemProps {
  readonly icon?: IconNode | undefined
  /** Greys it; it can still be found by keyboard. */
  readonly disabled?: boolean
  /** With a state it has a tick, or room for one. */
  readonly checked?: boolean | undefined
  /** Default: `menuitemcheckbox` with a state, else `menuitem`. `menuitemradio` in a group of which one is chosen. */
  readonly role?: 'menuitem' | 'menuitemcheckbox' | 'menuitemradio'
  /** Called once the menu is closed and its trigger has the focus. */
  readonly onClick: () => void
  readonly children: ReactNode
}

/** One thing to do, or to choose. */
export function MenuItem({ icon, disabled, checked, role, onClick, children }: MenuItemProps) {
  const select = useContext(SelectContext)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: with `aria-checked` comes a role that has it.
    <button
      type="button"
      className="mr-menu-item"
      role={role ?? (checked === undefined ? 'menuitem' : 'menuitemcheckbox')}
      tabIndex={-1}
      aria-checked={checked}
      aria-disabled={disabled || undefined}
      onPointerMove={({ currentTarget, pointerType }) => pointerType === 'mouse' && currentTarget.focus()}
      onClick={() => disabled || select(onClick)}
    >
      {icon && <Icon of={icon} />}
      <span className="mr-menu-words">{children}</span>
      {checked !== undefined && <Icon of={Check} data-checked={checked} />}
    </button>
  )
}

export interface MenuGroupProps {
  /** What the items have in common. Without it there is only a line above them. */
  readonly label?: string | undefined
  readonly children: ReactNode
}

/** Items of a menu that belong together. */
export function MenuGroup({ label, children }: MenuGroupProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a menu.
    <div className="mr-menu-group" role="group" aria-labelledby={label ? id : undefined}>
      {label && (
        <div id={id} className="mr-menu-label">
          {label}
        </div>
      )}
      {children}
    </div>
  )
}
