'use client'

import { CircleAlert, Unplug } from 'lucide'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { useMsUntil } from '../controls/use-ms-until.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import type { Ending } from './ending.ts'

export interface MessageEndProps {
  /** See `describeEnding`. */
  readonly ending: Ending
  /** Asks again. Without it there is no button: of an older answer nothing is to be done. */
  readonly onRetry?: (() => void) | undefined
  /** Goes on with an answer that is unfinished. Without it the button asks again instead. */
  readonly onContinue?: (() => void) | undefined
  /** Lets the reader look at the API key. Without it the button asks again instead. */
  readonly onKeyRequest?: (() => void) | undefined
}

/** How a reply ended: a quiet note, or a card with the one thing to do, whose `data-kind` is `cut` or `failed`. */
export function MessageEnd({ ending, onRetry, onContinue, onKeyRequest }: MessageEndProps) {
  if (ending.kind === 'note') return <Note ending={ending} onContinue={onContinue} />
  const icon = ending.kind === 'cut' ? Unplug : CircleAlert
  return (
    <div className="mr-card" data-kind={ending.kind}>
      <Icon of={icon} />
      <div className="mr-card-text">
        <p className="mr-card-title">{ending.title}</p>
        <p className="mr-card-hint">{ending.hint}</p>
        {ending.words && <p className="mr-card-words">{ending.words}</p>}
      </div>
      {onRetry && (
        <div className="mr-card-actions">
          <EndingButton ending={ending} onRetry={onRetry} onContinue={onContinue} onKeyRequest={onKeyRequest} />
        </div>
      )}
    </div>
  )
}

interface NoteProps {
  readonly ending: Extract<Ending, { kind: 'note' }>
  readonly onContinue: (() => void) | undefined
}

function Note({ ending, onContinue }: NoteProps) {
  const strings = useStrings()
  return (
    <p className="mr-note">
      {ending.text}
      {onContinue && ending.action === 'continue' && (
        <Button focusHeir={transcriptOf} onClick={onContinue}>
          {strings.continueAnswer}
        </Button>
      )}
    </p>
  )
}

interface EndingButtonProps {
  readonly ending: Exclude<Ending, { kind: 'note' }>
  readonly onRetry: () => void
  readonly onContinue: (() => void) | undefined
  readonly onKeyRequest: (() => void) | undefined
}

function EndingButton({ ending, onRetry, onContinue, onKeyRequest }: EndingButtonProps) {
  const strings = useStrings()
  if (ending.action === 'continue' && onContinue) {
    return (
      <Button emphasis="primary" focusHeir={transcriptOf} onClick={onContinue}>
        {strings.continueAnswer}
      </Button>
    )
  }
  if (ending.action === 'check-key' && onKeyRequest) {
    return (
      <Button emphasis="primary" onClick={onKeyRequest}>
        {strings.checkKey}
      </Button>
    )
  }
  if (ending.retryAt !== undefined) return <RetryButton retryAt={ending.retryAt} onRetry={onRetry} />
  return (
    <Button emphasis="primary" focusHeir={transcriptOf} onClick={onRetry}>
      {strings.tryAgain}
    </Button>
  )
}

/** Counts down first. It can hold the focus all the while, so that whoever waits need not look for it again. */
function RetryButton({ retryAt, onRetry }: { readonly retryAt: number; readonly onRetry: () => void }) {
  const strings = useStrings()
  const msLeft = useMsUntil(retryAt)
  const isWaiting = msLeft > 0
  return (
    <Button
      emphasis={isWaiting ? 'plain' : 'primary'}
      aria-disabled={isWaiting || undefined}
      focusHeir={transcriptOf}
      onClick={isWaiting ? undefined : onRetry}
    >
      {isWaiting ? strings.retryIn(msLeft) : strings.tryAgain}
    </Button>
  )
}
