import { allMessages, type Message, type Model, messageCost, type Provider, pathTo } from '@millrace/core'
import type { ChatStore } from '@millrace/hooks'
import { estimateReply } from './estimate-send.ts'

/** How much, and of what. */
export interface BudgetOptions {
  /** In US dollars. */
  readonly max: number
  /** Whether it is for each chat, or for all of them as long as the page is open. Default `chat`. */
  readonly per?: 'chat' | 'session' | undefined
}

/** How much may be spent before somebody is asked. */
export interface Budget extends BudgetOptions {
  readonly per: 'chat' | 'session'
  /** What was spent out of it so far, the chat as it is now included; estimated where the provider gave no count. */
  spent(chat: Pick<ChatStore, 'id' | 'getState'>, models: Provider | readonly Model[]): number
  /** Nobody wants to be asked again. */
  isAllowed(chatId: string): boolean
  allow(chatId: string): void
}

/**
 * A budget for `BudgetGuard`. Make one for the page.
 * @throws {TypeError} for an amount that is none.
 */
export function createBudget({ max, per = 'chat' }: BudgetOptions): Budget {
  if (!(max >= 0)) throw new TypeError(`A budget's max is an amount of US dollars, not ${max}.`)
  const madeAt = Date.now()
  const spentIn = new Map<string, number>()
  const allowed = new Set<string>()
  const scopeOf = (chatId: string) => (per === 'chat' ? chatId : 'session')
  const isCounted = ({ role, status, createdAt }: Message) =>
    role === 'assistant' && status === 'done' && (per === 'chat' || createdAt >= madeAt)

  return {
    max,
    per,
    spent({ id, getState }, models) {
      const thread = getState()
      const costs = allMessages(thread)
        .filter(isCounted)
        .map(
          (reply) => messageCost(reply, models) ?? estimateReply(reply, pathTo(thread, reply.id).slice(0, -1), models),
        )
      spentIn.set(
        id,
        costs.reduce((sum, cost) => sum + (cost?.total ?? 0), 0),
      )
      return per === 'chat' ? (spentIn.get(id) ?? 0) : [...spentIn.values()].reduce((sum, each) => sum + each, 0)
    },
    isAllowed: (chatId) => allowed.has(scopeOf(chatId)),
    allow: (chatId) => void allowed.add(scopeOf(chatId)),
  }
}
