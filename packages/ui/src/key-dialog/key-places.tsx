'use client'

import { useId } from 'react'
import { keyDialogWords } from '../strings/parts/key-dialog.ts'
import { useWords } from '../strings/use-words.ts'
import type { KeyPlace } from './kept-key.ts'

export interface KeyPlacesProps {
  readonly place: KeyPlace
  readonly onPlace: (place: KeyPlace) => void
}

const places: readonly KeyPlace[] = ['page', 'tab', 'browser']

/** Where a key is kept, and what that means. */
export function KeyPlaces({ place, onPlace }: KeyPlacesProps) {
  const words = useWords(keyDialogWords)
  const id = useId()
  return (
    <fieldset className="mr-key-places">
      <legend>{words.keyPlace}</legend>
      {places.map((each) => (
        <label key={each} className="mr-key-place">
          <input
            type="radio"
            name={id}
            value={each}
            checked={each === place}
            aria-describedby={`${id}-${each}`}
            onChange={() => onPlace(each)}
          />
          <span>{words.keyPlaces[each].name}</span>
          <small id={`${id}-${each}`}>{words.keyPlaces[each].hint}</small>
        </label>
      ))}
    </fieldset>
  )
}
