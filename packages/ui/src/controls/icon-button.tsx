'use client'

import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names.ts'
import { type FocusHeir, useFocusHeir } from './use-focus-heir.ts'

export interface IconButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** What it does, for the tooltip and for those who do not see the icon. */
  readonly label: string
  readonly focusHeir?: FocusHeir
}

/** A button with an icon on it. */
export function IconButton({ label, focusHeir, className, ...props }: IconButtonProps) {
  const ref = useFocusHeir<HTMLButtonElement>(focusHeir)
  return (
    <button
      ref={ref}
      type="button"
      title={label}
      aria-label={label}
      {...props}
      className={cx('mr-icon-button', className)}
    />
  )
}
