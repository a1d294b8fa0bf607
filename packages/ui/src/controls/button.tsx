'use client'

import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names.ts'
import { type FocusHeir, useFocusHeir } from './use-focus-heir.ts'

export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** `primary` for the one thing to do, `quiet` for what is beside the point. Default `plain`. */
  readonly emphasis?: 'primary' | 'plain' | 'quiet'
  readonly focusHeir?: FocusHeir
}

/** A button with words on it. `aria-disabled` greys it without taking it out of the tab order. */
export function Button({ emphasis = 'plain', focusHeir, className, ...props }: ButtonProps) {
  const ref = useFocusHeir<HTMLButtonElement>(focusHeir)
  return <button ref={ref} type="button" data-emphasis={emphasis} {...props} className={cx('mr-button', className)} />
}
