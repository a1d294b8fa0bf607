import { holysheep, type Model, type Provider } from '@millrace/core'
import type { UpstreamKind } from './server-api.ts'

// What a list of models also holds, and what cannot chat.
const cannotChat = /embed|whisper|tts|dall-e|moderation|image|audio|realtime|transcribe|rerank|sora/i

/** The models to pick from: those whose name is known first, in the order in which they are known. */
export function modelChoices(ids: readonly string[], kind: UpstreamKind | undefined): readonly Model[] {
  // The prices are those of HolySheep, whose list the demo shows; with anybody else they would be wrong.
  const hasPrices = kind === 'holysheep' || kind === 'demo'
  const known = holysheep.models
    .filter(({ id }) => ids.includes(id))
    .map((model) => (hasPrices ? model : { id: model.id, name: model.name }))
  const others = ids.filter((id) => !cannotChat.test(id) && !known.some((choice) => choice.id === id)).sort()
  return [...known, ...others.map((id) => ({ id, name: id }))]
}

/** Those of a provider's list that can chat, in the same order. */
export function chatModels(listed: readonly Model[], { models }: Provider): readonly Model[] {
  const known = models.flatMap(({ id }) => listed.find((model) => model.id === id) ?? [])
  return [...known, ...listed.filter((model) => !cannotChat.test(model.id) && !known.includes(model))]
}
