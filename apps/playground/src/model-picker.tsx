import { ChevronDown } from 'lucide-react'
import type { ModelChoice } from './models.ts'
import type { Words } from './words.ts'

export interface ModelPickerProps {
  readonly choices: readonly ModelChoice[]
  readonly picked: ModelChoice | undefined
  readonly onPick: (id: string) => void
  readonly words: Words
}

/** The system's own list, under a label that can say more than the list's closed state could. */
export function ModelPicker({ choices, picked, onPick, words }: ModelPickerProps) {
  const priceOf = ({ price }: ModelChoice) => price && words.perMillion(price)
  return (
    <label className="pg-pick">
      <span className="pg-pick-name">{picked?.name ?? words.noModels}</span>
      {picked?.price && <small className="pg-pick-price">{priceOf(picked)}</small>}
      <ChevronDown className="mr-icon" aria-hidden="true" />
      <select
        className="pg-pick-list"
        aria-label={words.model}
        value={picked?.id ?? ''}
        disabled={choices.length === 0}
        onChange={(event) => onPick(event.target.value)}
      >
        {choices.length === 0 && <option value="">{words.noModels}</option>}
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {[choice.name, priceOf(choice)].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </label>
  )
}
