'use client'

import type { Message } from '@millrace/core'
import { useStrings } from '../strings/strings-provider.tsx'

export interface MeterProps {
  readonly message: Message
}

/** What the reply took, as far as it is known: tokens, time to the first one, tokens a second. */
export function Meter({ message: { usage, timing } }: MeterProps) {
  const strings = useStrings()
  const figures: string[] = []
  if (usage) figures.push(strings.tokens(usage.outputTokens))
  if (timing?.firstTokenAt !== undefined) {
    figures.push(strings.timeToFirst(timing.firstTokenAt - timing.startedAt))
    // Neither tools nor the time until it was gone on with count.
    const { firstTokenAt, lastTokenAt = firstTokenAt, writingMs = lastTokenAt - firstTokenAt } = timing
    // A reply that came in one piece has no speed.
    if (usage && writingMs > 0) figures.push(strings.tokensPerSecond((usage.outputTokens / writingMs) * 1000))
  }
  return (
    figures.length > 0 && (
      <span className="mr-meter" dir="auto">
        {figures.join(' · ')}
      </span>
    )
  )
}
