'use client'

import { useStrings } from '../strings/strings-provider.tsx'

/** Stands above the first message that came while the reader was away. */
export function UnreadLine() {
  const strings = useStrings()
  return <p className="mr-unread">{strings.newSinceYouLeft}</p>
}
