import type { Rating } from '@millrace/ui'

const key = 'millrace.ratings'

/** What was thought of an answer. Nobody is told of it here, but it stays. */
export function ratingOf(messageId: string): Rating | undefined {
  const rating = readAll()[messageId]
  return rating === 'up' || rating === 'down' ? rating : undefined
}

/** @param rating Undefined takes it back. */
export function rate(messageId: string, rating: Rating | undefined): void {
  const { [messageId]: _, ...others } = readAll()
  try {
    localStorage.setItem(key, JSON.stringify(rating ? { ...others, [messageId]: rating } : others))
  } catch {
    // Without storage it is forgotten with the page.
  }
}

/** What is stored may be anything: others can write there too. */
function readAll(): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(localStorage.getItem(key) ?? '{}') }
  } catch {
    return {}
  }
}
