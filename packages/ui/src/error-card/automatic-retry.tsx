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
  const wait = msLeft ? strings.retryIn(msLeft) : undefined
  // One button for both, so that whoever calls it off keeps the focus.
  return (
    <>
      {isArmed && <span className="mr-card-wait">{isOnline ? wait : words.waitingForNetwork}</span>}
      <Button
        emphasis={isArmed || wait ? 'plain' : 'primary'}
        aria-disabled={!isArmed && wait ? true : undefined}
        focusHeir={transcriptOf}
        onClick={isArmed ? cancel : wait ? undefined : onRetry}
      >
        {isArmed ? strings.cancel : (wait ?? strings.tryAgain)}
      </Button>
    </>
  )
}
