import type { Message, Usage } from './message.ts'
import type { Model, Price, Provider } from './providers/provider.ts'

/** What one reply cost, in US dollars. */
export interface Cost {
  readonly currency: 'USD'
  readonly total: number
  /** Input that was not cached. */
  readonly input: number
  readonly output: number
  /** There where the provider counted cached input. */
  readonly cachedInput?: number
  /** The day the price was read, as YYYY-MM-DD: it may have changed since. */
  readonly asOf: string
  readonly source: string
}

/** What the replies of a thread cost, in US dollars. */
export interface ThreadCost {
  readonly currency: 'USD'
  /** Of the replies whose cost is known; undefined where there are replies and none is. Never 0 for what is unknown. */
  readonly total: number | undefined
  /** Models whose price is not known, each once. `total` lacks what their replies cost. */
  readonly unpriced: readonly string[]
  /**
   * How many replies name no usage, or no model: those that were stopped, often. `total` lacks them as well, and what was not
   * counted of those that went on after a stop.
   */
  readonly uncounted: number
  /** Where the prices come from, each once. */
  readonly prices: readonly Pick<Price, 'asOf' | 'source'>[]
}

/**
 * What that usage costs at that price.
 * - Cached input has its own rate. Most providers count it within `inputTokens`; where `price.cachedInputIsApart`, or
 *   where there is more of it than input, it comes on top.
 * - Reasoning is billed as output. OpenAI and most others count it within `outputTokens`, Gemini and xAI beside: those
 *   whose `totalTokens` exceed input and output hold the reasoning apart, and as much of it is added as fits in there.
 * - Not in `Usage`, and so not priced: writing to a cache, calls of a provider's own tools, and all that is no token.
 */
export function costOf(usage: Usage, price: Price): Cost {
  const { inputTokens, outputTokens, totalTokens, reasoningTokens = 0, cachedInputTokens } = usage
  const cached = cachedInputTokens ?? 0
  const isApart = price.cachedInputIsApart || cached > inputTokens
  const fresh = isApart ? inputTokens : inputTokens - cached
  const reasoningApart = Math.min(reasoningTokens, Math.max(0, totalTokens - inputTokens - outputTokens))
  const { longInput } = price
  const rates = longInput && fresh + cached > longInput.overTokens ? longInput : price
  const input = dollars(fresh, rates.input)
  const output = dollars(outputTokens + reasoningApart, rates.output)
  const cachedInput = dollars(cached, rates.cachedInput ?? rates.input)
  return {
    currency: 'USD',
    total: input + output + cachedInput,
    input,
    output,
    ...(cachedInputTokens !== undefined && { cachedInput }),
    asOf: price.asOf,
    source: price.source,
  }
}

function dollars(tokens: number, perMillion: number): number {
  return (tokens * perMillion) / 1_000_000
}

/** What a reply cost; undefined where its usage, its model or the price of that on its day is not known. */
export function messageCost(message: Message, from: Provider | readonly Model[]): Cost | undefined {
  const { usage, model, createdAt } = message
  const price = findModel(from, model ?? '')?.price
  if (!usage || !price || (price.until && new Date(createdAt).toISOString().slice(0, 10) > price.until))
    return undefined
  return costOf(usage, price)
}

/** What the replies cost together. Replies of several providers take the models of all: `[...a.models, ...b.models]`. */
export function threadCost(messages: readonly Message[], from: Provider | readonly Model[]): ThreadCost {
  const replies = messages.filter(({ role, status }) => role === 'assistant' && status === 'done')
  const costs = replies.map((reply) => messageCost(reply, from)).filter((cost) => cost !== undefined)
  const isCounted = ({ usage, model, usageIsPartial }: Message) => usage && model !== undefined && !usageIsPartial
  const unpriced = replies
    .filter((reply) => reply.usage && reply.model !== undefined && !messageCost(reply, from))
    .map(({ model }) => `${model}`)
  const sources = new Map(costs.map(({ asOf, source }) => [`${asOf} ${source}`, { asOf, source }]))
  return {
    currency: 'USD',
    total: costs.length === 0 && replies.length > 0 ? undefined : costs.reduce((sum, { total }) => sum + total, 0),
    unpriced: [...new Set(unpriced)],
    uncounted: replies.filter((reply) => !isCounted(reply)).length,
    prices: [...sources.values()],
  }
}

/**
 * The model of that id. Providers answer an alias with the snapshot it stands for, so `gpt-4.1-2025-04-14` is found as
 * `gpt-4.1`, unless it is listed itself.
 */
export function findModel(from: Provider | readonly Model[], id: string): Model | undefined {
  const models = 'models' in from ? from.models : from
  const alias = id.replace(/[-@](\d{4}-\d{2}-\d{2}|\d{8})$/, '')
  return models.find((model) => model.id === id) ?? models.find((model) => model.id === alias)
}
