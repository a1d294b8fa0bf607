import type { UpstreamKind } from './server-api.ts'
import type { Words } from './words.ts'

export interface SuggestionsProps {
  readonly kind: UpstreamKind | undefined
  readonly words: Words
  readonly onAsk: (prompt: string) => void
}

/** What an empty chat shows: an invitation, and something to begin with. */
export function Suggestions({ kind, words, onAsk }: SuggestionsProps) {
  const isDemo = kind === 'demo'
  const offered = words.suggestions.filter((suggestion) => isDemo || !suggestion.demoOnly)
  return (
    <div className="pg-start">
      <h1 className="pg-start-title">{words.title}</h1>
      <p className="pg-start-hint">{isDemo ? words.demoHint : words.hint}</p>
      <ul className="pg-suggestions" aria-label={words.suggestionsLabel}>
        {offered.map(({ label, prompt }) => (
          <li key={label}>
            <button type="button" className="pg-chip" onClick={() => onAsk(prompt)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
