'use client'

import { Menu } from '@base-ui/react/menu'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'

export interface MenuPopupProps {
  /** Where it is put: an element around the trigger, so that it has its colours, and its dialog. */
  readonly container: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** What a menu opens: below its trigger, at the end side. */
export function MenuPopup({ container, children }: MenuPopupProps) {
  return (
    <Menu.Portal container={container}>
      <Menu.Positioner className="mr-menu-place" positionMethod="fixed" align="end" sideOffset={4}>
        <Menu.Popup className="mr-menu">{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
}

export interface MenuItemProps {
  readonly icon: LucideIcon
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

/** One thing to do. */
export function MenuItem({ icon: Icon, children, ...props }: MenuItemProps) {
  return (
    <Menu.Item {...props} className="mr-menu-item">
      <Icon className="mr-icon" />
      {children}
    </Menu.Item>
  )
}
