import type { IconNode } from 'lucide'
import { type ComponentPropsWithoutRef, createElement } from 'react'
import { cx } from './class-names.ts'

/** An icon's shapes, and what an `svg` takes. */
export interface IconProps extends ComponentPropsWithoutRef<'svg'> {
  /** What `lucide` exports under the icon's name: shapes without a component, as its React package alone has 1.5 kB. */
  readonly of: IconNode
}

/** A drawing that says nothing by itself: put words beside it. */
export function Icon({ of: shapes, className, ...props }: IconProps) {
  return createElement(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': true, ...props, className: cx('mr-icon', className) },
    ...shapes.map(([tag, attributes]) => createElement(tag, attributes)),
  )
}
