'use client'

import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Select } from '../controls/select.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { errorCardWords } from '../strings/parts/error-card.ts'
import { useWords } from '../strings/use-words.ts'
import type { Cut } from './cuts.ts'

export interface ShortenProps {
  /** At least one. */
  readonly cuts: readonly Cut[]
  readonly onShorten: (cut: Cut) => void
}

/** Says what can be left out, and asks again without it. */
export function Shorten({ cuts, onShorten }: ShortenProps) {
  const words = useWords(errorCardWords)
  const [place, setPlace] = useState(0)
  const cut = cuts[place] ?? cuts[0]
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
      <Button emphasis="primary" focusHeir={transcriptOf} onClick={() => cut && onShorten(cut)}>
        {words.askShorter}
      </Button>
    </>
  )
}
