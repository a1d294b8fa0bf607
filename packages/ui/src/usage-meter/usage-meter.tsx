'use client'

import { useMetrics } from '@millrace/hooks'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { usageWords } from '../strings/parts/usage.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'

export interface UsageMeterProps extends Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  readonly messageId: string
}

/**
 * What a reply takes, while it is written and after: tokens, time to the first one, tokens a second, cost. What the provider
 * has not counted yet is an estimate, marked with ≈, and `data-estimate` is there; `data-cost`, where it says a cost. Nothing
 * where nothing is known.
 */
export function UsageMeter({ messageId, className, ...props }: UsageMeterProps) {
  const strings = useStrings()
  const words = useWords(usageWords)
  const metrics = useMetrics(messageId)
  if (!metrics) return null
  const { outputTokens, timeToFirstTokenMs, tokensPerSecond, isEstimate, cost } = metrics
  const counted = (figure: string) => (isEstimate ? words.about(figure) : figure)
  const figures = [
    outputTokens && counted(strings.tokens(outputTokens)),
    timeToFirstTokenMs !== undefined && strings.timeToFirst(timeToFirstTokenMs),
    tokensPerSecond && counted(strings.tokensPerSecond(tokensPerSecond)),
    cost && words.cost(cost.total),
  ].filter(Boolean)
  return (
    figures.length > 0 && (
      <span
        dir="auto"
        {...props}
        className={cx('mr-meter', className)}
        data-estimate={isEstimate || undefined}
        data-cost={cost && ''}
      >
        {figures.join(' · ')}
      </span>
    )
  )
}
