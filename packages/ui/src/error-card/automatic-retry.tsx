'use client'

import { Button } from '../controls/button.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { errorCardWords } from '../strings/parts/error-card.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { type Failure, useAutoRetry } from './use-auto-retry.ts'

export interface AutomaticRetryProps extends Failure {
  readonly onRetry: () => void
}

/** Asks again by itself, and says when. That can be called off; then a person has to. */
export function AutomaticRetry({ onRetry, ...failure }: AutomaticRetryProps) {
  const strings = useStrings()
  const words = useWords(errorCardWords)
  const { isArmed, isOnline, msLeft, cancel } = useAutoRetry(failure, onRetry)
  const isWaiting = msLeft > 0
  const countdown = isOnline ? isWaiting && strings.retryIn(msLeft) : words.waitingForNetwork
  // One button for both, so that whoever calls it off keeps the focus.
  return (
    <>
      {isArmed && <span className="mr-card-wait">{countdown}</span>}
      <Button
        emphasis={isArmed || isWaiting ? 'plain' : 'primary'}
        aria-disabled={(!isArmed && isWaiting) || undefined}
        focusHeir={transcriptOf}
        onClick={isArmed ? cancel : isWaiting ? undefined : onRetry}
      >
        {isArmed ? strings.cancel : isWaiting ? strings.retryIn(msLeft) : strings.tryAgain}
      </Button>
    </>
  )
}
