import type fc from 'fast-check'
import type { ChatModel } from './chat-model.ts'
import type { Comparison } from './compare.ts'

/** One thing that happens, to the chat and to its model alike. */
export type ChatCommand = fc.AsyncCommand<ChatModel, Comparison>

/** Any one of a list; nothing where there is none. */
export const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]

/** Lets all happen that takes no time, and holds the chat against its model. */
export async function settleAndCompare(model: ChatModel, real: Comparison): Promise<void> {
  await real.world.settle()
  model.settle()
  real.bindRequests()
  model.settle()
  real.compare()
}
