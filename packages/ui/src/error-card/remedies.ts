'use client'

import type { Model } from '@millrace/core'
import { useChatStore } from '@millrace/hooks'
import { type ComponentType, createContext, useContext } from 'react'
import type { ShortenThreadProps } from './shorten-thread.tsx'

/** What a chat offers against failures. */
export interface Remedies {
  /** Who may answer. Default: the models of the provider, where the chat asks it directly. */
  readonly models?: readonly Model[] | undefined
  /** Another model was chosen, and asked. */
  readonly onModelChange?: ((modelId: string) => void) | undefined
  /** What is offered for a thread that is too long: `ShortenThread`. Default: to ask again. */
  readonly shorten?: ComponentType<ShortenThreadProps> | undefined
  /** Where credit is bought. Default: the provider's page, where the chat asks it directly. */
  readonly billingURL?: string | undefined
}

export const RemediesContext = createContext<Remedies | undefined>(undefined)

/** Says what the chat below it offers against failures. */
export const RemediesProvider = RemediesContext.Provider

const noModels: readonly Model[] = []

/** Behind another address may be anybody: what is known of the provider says nothing of them. */
export function useRemedies(): Remedies & { readonly models: readonly Model[] } {
  const given = useContext(RemediesContext)
  const { provider, baseURL = provider.baseURL } = useChatStore().getOptions()
  const own = baseURL === provider.baseURL ? provider : undefined
  return {
    ...given,
    models: given?.models ?? own?.models ?? noModels,
    billingURL: given?.billingURL ?? own?.billingURL,
  }
}
