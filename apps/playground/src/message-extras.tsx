import type { Message, Model } from '@millrace/core'
import { AnswerWith, Feedback, MoreActions, ReadAloud } from '@millrace/ui'
import { rate, ratingOf } from './ratings.ts'

interface MessageExtrasProps {
  readonly message: Message
  /** Who else may answer. */
  readonly models: readonly Model[]
}

/** What more can be done with an answer here. */
export function MessageExtras({ message, models }: MessageExtrasProps) {
  if (message.role !== 'assistant') return null
  return (
    <>
      <AnswerWith message={message} models={models} />
      {message.parts.length > 0 && (
        <MoreActions>
          <Feedback rating={ratingOf(message.id)} onFeedback={(rating) => rate(message.id, rating)} />
          <ReadAloud message={message} />
        </MoreActions>
      )}
    </>
  )
}
