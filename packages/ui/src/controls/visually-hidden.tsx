import type { ComponentPropsWithoutRef } from 'react'
import { cx } from './class-names.ts'

/** Heard, not seen. */
export function VisuallyHidden({ className, ...props }: ComponentPropsWithoutRef<'span'>) {
  return <span {...props} className={cx('mr-visually-hidden', className)} />
}
