import type { Provider } from '@millrace/core'
import type { ServerState } from './use-server.ts'
import type { Words } from './words.ts'

export interface AnsweredByProps {
  readonly server: ServerState
  /** Who is asked in its place, with a key of the reader's own. */
  readonly ownKey: Provider | undefined
  readonly words: Words
}

/** Who answers, and whether they are there. */
export function AnsweredBy({ server: { upstream, health }, ownKey, words }: AnsweredByProps) {
  if (ownKey)
    return (
      <p className="pg-answered-by" data-state="ok" role="status">
        <span className="pg-dot" />
        <span>{words.withOwnKey(ownKey.name)}</span>
      </p>
    )
  const trouble = health?.trouble
  const state = !health ? 'asking' : trouble ? 'down' : 'ok'
  const who = upstream ? words.answeredBy(upstream.kind, upstream.name) : !trouble && words.asking
  const latency = !trouble && upstream?.kind !== 'demo' && health?.latencyMs !== undefined && measure(health.latencyMs)
  return (
    <p className="pg-answered-by" data-state={state} role="status">
      <span className="pg-dot" />
      <span>{[who, trouble ? words.troubles[trouble] : latency].filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function measure(ms: number): string {
  return `${Math.max(1, Math.round(ms))}\u00a0ms`
}
