import { Suggestion, Suggestions } from '@millrace/ui'
import type { UpstreamKind } from './server-api.ts'
import type { Words } from './words.ts'

export interface StartProps {
  readonly kind: UpstreamKind | undefined
  readonly words: Words
}

/** What an empty chat shows: an invitation, and something to begin with. */
export function Start({ kind, words }: StartProps) {
  const isDemo = kind === 'demo'
  const offered = words.suggestions.filter((suggestion) => isDemo || !suggestion.demoOnly)
  return (
    <div className="pg-start">
      <h1 className="pg-start-title">{words.title}</h1>
      <p className="pg-start-hint">{isDemo ? words.demoHint : words.hint}</p>
      <Suggestions>
        {offered.map(({ label, prompt }) => (
          <Suggestion key={label} prompt={prompt}>
            {label}
          </Suggestion>
        ))}
      </Suggestions>
    </div>
  )
}
