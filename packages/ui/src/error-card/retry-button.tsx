'use client'

import { Button, type ButtonProps } from '../controls/button.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { useMsUntil } from '../controls/use-ms-until.ts'
import { useStrings } from '../strings/strings-provider.tsx'

export interface RetryButtonProps {
  /** Default `primary`. */
  readonly emphasis?: ButtonProps['emphasis']
  /** Not before, in epoch milliseconds. */
  readonly retryAt?: number | undefined
  readonly onRetry: () => void
}

/** Counts down first. It can hold the focus all the while, so that whoever waits need not look for it again. */
export function RetryButton({ emphasis = 'primary', retryAt = 0, onRetry }: RetryButtonProps) {
  const strings = useStrings()
  const msLeft = useMsUntil(retryAt)
  const isWaiting = msLeft > 0
  return (
    <Button
      emphasis={isWaiting ? 'plain' : emphasis}
      aria-disabled={isWaiting || undefined}
      focusHeir={transcriptOf}
      onClick={isWaiting ? undefined : onRetry}
    >
      {isWaiting ? strings.retryIn(msLeft) : strings.tryAgain}
    </Button>
  )
}
