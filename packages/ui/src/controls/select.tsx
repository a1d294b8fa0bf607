'use client'

import { ChevronDown } from 'lucide'
import type { ComponentPropsWithRef } from 'react'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'

/** The browser's own list behind a button that looks like ours. `className` and `style` go to the frame around it. */
export function Select({ className, style, ...props }: ComponentPropsWithRef<'select'>) {
  return (
    <span className={cx('mr-select', className)} style={style}>
      <select {...props} />
      <Icon of={ChevronDown} />
    </span>
  )
}
