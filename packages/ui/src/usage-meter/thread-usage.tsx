'use client'

import { useThreadMetrics } from '@millrace/hooks'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { usageWords } from '../strings/parts/usage.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'

/**
 * What the thread took, all branches included: tokens, and what they cost. Where not every reply has a price, it says at
 * least how much. It renders when a reply begins or ends.
 */
export function ThreadUsage({ className, ...props }: Omit<ComponentPropsWithoutRef<'span'>, 'children'>) {
  const strings = useStrings()
  const words = useWords(usageWords)
  const { usage, cost } = useThreadMetrics()
  if (!usage) return null
  const isWhole = cost.unpriced.length === 0 && cost.uncounted === 0
  const price = cost.total !== undefined && (isWhole ? words.cost(cost.total) : words.costAtLeast(cost.total))
  return (
    <span dir="auto" {...props} className={cx('mr-meter', className)} title={words.usage}>
      {[strings.tokens(usage.totalTokens), price].filter(Boolean).join(' · ')}
    </span>
  )
}
