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
  return (
    <Button
      emphasis={msLeft ? 'plain' : emphasis}
      aria-disabled={msLeft ? true : undefined}
      focusHeir={transcriptOf}
      onClick={msLeft ? undefined : onRetry}
    >
      {msLeft ? strings.retryIn(msLeft) : strings.tryAgain}
    </Button>
  )
}
