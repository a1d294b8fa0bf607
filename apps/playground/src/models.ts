import { holysheep, type Model } from '@millrace/core'
import type { UpstreamKind } from './server-api.ts'

/** A model that can be picked. */
export interface ModelChoice {
  readonly id: string
  /** What a person calls it, or the id where nobody has said. */
  readonly name: string
  /** In US dollars per million tokens, where the provider is one whose prices are known. */
  readonly price?: string
}

// What a list of models also holds, and what cannot chat.
const cannotChat = /embed|whisper|tts|dall-e|moderation|image|audio|realtime|transcribe|rerank|sora/i

/** The models to pick from: those whose name is known first, in the order in which they are known. */
export function modelChoices(ids: readonly string[], kind: UpstreamKind | undefined): readonly ModelChoice[] {
  // The prices are those of HolySheep, whose list the demo shows; with anybody else they would be wrong.
  const hasPrices = kind === 'holysheep' || kind === 'demo'
  const known = holysheep.models.filter(({ id }) => ids.includes(id)).map((model) => toChoice(model, hasPrices))
  const others = ids.filter((id) => !cannotChat.test(id) && !known.some((choice) => choice.id === id)).sort()
  return [...known, ...others.map((id) => ({ id, name: id }))]
}

function toChoice({ id, name, price }: Model, hasPrices: boolean): ModelChoice {
  return { id, name, ...(hasPrices && price && { price: formatDollars(price.output) }) }
}

function formatDollars(dollars: number): string {
  return `$${Number.isInteger(dollars) ? dollars : dollars.toFixed(2)}`
}
