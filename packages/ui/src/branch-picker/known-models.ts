'use client'

import { findModel, type Model, type Provider } from '@millrace/core'
import { useChatStore } from '@millrace/hooks'
import { useRemedies } from '../error-card/remedies.ts'

/** The models that may answer: those that the chat was told of, else the provider's. */
export function useKnownModels(): Provider | readonly Model[] {
  const { models } = useRemedies()
  const { provider } = useChatStore().getOptions()
  return models.length > 0 ? models : provider
}

/** What a person calls the model of that id; the id where nobody has said. */
export const modelName = (from: Provider | readonly Model[], id: string): string => findModel(from, id)?.name ?? id
