import type { Message, Model } from '@millrace/core'
import { AnswerWith, Feedback, MoreActions, type Rating, ReadAloud } from '@millrace/ui'

const key = 'millrace.ratings'

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
      <MoreActions>
        <Feedback rating={ratings()[message.id]} onFeedback={(rating) => rate(message.id, rating)} />
        <ReadAloud message={message} />
      </MoreActions>
    </>
  )
}

type Ratings = Readonly<Record<string, Rating>>

// Nobody is told of them here, but they stay.
function ratings(): Ratings {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    return {}
  }
}

function rate(messageId: string, rating: Rating | undefined): void {
  const { [messageId]: _, ...others } = ratings()
  try {
    localStorage.setItem(key, JSON.stringify(rating ? { ...others, [messageId]: rating } : others))
  } catch {
    // Without storage it is forgotten with the page.
  }
}
