import type { Model, Provider } from '@millrace/core'
import { anthropic, gemini, holysheep, openai, openrouter } from '@millrace/core/providers'
import { type KeptKey, useApiKey } from '@millrace/ui'
import { useState } from 'react'
import { chatModels } from './models.ts'

/** Those that a page may ask, as far as is known. */
export const ownKeyProviders = [holysheep, openai, anthropic, gemini, openrouter] as const

export interface OwnKey {
  readonly kept: KeptKey | undefined
  /** Whose key it is; undefined without one. */
  readonly provider: Provider | undefined
  /** What it may use. */
  readonly models: readonly Model[]
  take(kept: KeptKey, models: readonly Model[] | undefined): void
  remove(): void
}

/** A key of the reader's own: with it this page asks the provider itself, and not the server beside it. */
export function useOwnKey(): OwnKey {
  const { kept, keep, remove } = useApiKey('millrace.key')
  const [listed, setListed] = useState<{ readonly key: string; readonly models: readonly Model[] | undefined }>()
  const provider = providerOf(kept)

  function take(next: KeptKey, models: readonly Model[] | undefined): void {
    keep(next)
    const asked = providerOf(next)
    setListed({ key: next.key, models: models && asked && chatModels(models, asked) })
  }

  // Another tab may have put another key in its place.
  const own = listed?.key === kept?.key ? listed?.models : undefined
  return { kept, provider, models: own ?? provider?.models ?? [], take, remove }
}

const providerOf = (kept: KeptKey | undefined) => ownKeyProviders.find(({ id }) => id === kept?.provider)
