'use client'

import { Button } from '../controls/button.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { ErrorCard, type ErrorCardActions } from '../error-card/error-card.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import type { Ending } from './ending.ts'

export interface MessageEndProps extends ErrorCardActions {
  /** See `describeEnding`. */
  readonly ending: Ending
}

/** How a reply ended: a quiet note, or an `ErrorCard`. */
export function MessageEnd({ ending, ...actions }: MessageEndProps) {
  if (ending.kind === 'note') return <Note ending={ending} onContinue={actions.onContinue} />
  return <ErrorCard ending={ending} {...actions} />
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
