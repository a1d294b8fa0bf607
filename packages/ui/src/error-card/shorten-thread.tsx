'use client'

import { useChatStore } from '@millrace/hooks'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Select } from '../controls/select.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { shortenWords } from '../strings/parts/shorten.ts'
import { useWords } from '../strings/use-words.ts'
import { askWithout, cutsOf } from './cuts.ts'
import { RetryButton } from './retry-button.tsx'

export interface ShortenThreadProps {
  /** Asks again as it is: where nothing can be left out. */
  readonly onRetry: () => void
}

/**
 * For the `remedies` of a `Chat`: says what can be left out of a thread that is too long for the model, and asks the last
 * question again without it, on a branch of its own. The whole thread stays where it was.
 */
export function ShortenThread({ onRetry }: ShortenThreadProps) {
  const words = useWords(shortenWords)
  const store = useChatStore()
  // It stands below the last reply: what came before that does not change.
  const [cuts] = useState(() => cutsOf(store.getState()))
  const [place, setPlace] = useState(0)
  const cut = cuts[place]
  if (!cut) return <RetryButton onRetry={onRetry} />
  return (
    <>
      <Select aria-label={words.leaveOut} value={place} onChange={(event) => setPlace(Number(event.target.value))}>
        {cuts.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what can be left out is its place in the list.
          <option key={index} value={index}>
            {each.kind === 'turns' ? words.cutTurns(each.count, each.tokens) : words.cutFiles(each.count)}
          </option>
        ))}
      </Select>
      <Button emphasis="primary" focusHeir={transcriptOf} onClick={() => void askWithout(store, cut)}>
        {words.askShorter}
      </Button>
    </>
  )
}
