import type { Usage } from '@millrace/core'
import { ProxyError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { LimitExceeded, Place } from '../limits/limits.ts'
import type { ChatBody } from '../options.ts'
import { costOfUsage, estimateTokens } from '../reply/usage.ts'
import type { Settings } from '../settings.ts'

// What an answer may have where the request does not say, and what an image counts.
const usualAnswerTokens = 1_000
const tokensOfAnImage = 1_000

/** What one request takes from the limits, before and after. */
export interface Spending {
  /** Of what was sent, estimated. */
  readonly inputTokens: number
  /** Counts what was used, and gives the rest back. Call it once, at the end. */
  settle(usage: Usage | undefined): { readonly costUSD: number | undefined }
}

/** @throws {ProxyError} `rate-limited`, with how long to wait. */
export async function beginSpending(
  body: ChatBody,
  { identity, address, recorder }: Exchange,
  { limits, prices }: Settings,
): Promise<Spending> {
  const price = typeof body.model === 'string' ? prices.get(body.model) : undefined
  const inputTokens = estimateInput(body)
  const tokens = inputTokens + estimateOutput(body)
  const costUSD = price && costOfUsage(usageOf(inputTokens, tokens - inputTokens), price)
  let place: Place | undefined
  if (limits) {
    const taken = await limits.take({ identity, address, tokens, costUSD }).catch(() => undefined)
    if (!taken) throw uncountable()
    if (isExceeded(taken)) {
      recorder.note({ limit: taken.limit })
      throw limited(taken)
    }
    place = taken
  }
  return {
    inputTokens,
    settle(usage) {
      const spent = usage && price ? costOfUsage(usage, price) : undefined
      const unused = usage === undefined ? 0 : undefined
      place?.settle({ tokens: usage?.totalTokens ?? 0, costUSD: spent ?? unused }).catch(() => {})
      return { costUSD: spent }
    },
  }
}

export function usageOf(inputTokens: number, outputTokens: number): Usage {
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }
}

function estimateInput({ messages, tools }: ChatBody): number {
  const text = JSON.stringify([messages, tools])
  let images = 0
  // Images are not read letter by letter.
  const withoutImages = text.replace(/data:[\w/+.-]+;base64,[\w+/=]+/g, () => {
    images++
    return ''
  })
  return estimateTokens(new TextEncoder().encode(withoutImages).length) + images * tokensOfAnImage
}

function estimateOutput({ max_tokens, max_completion_tokens, n = 1 }: ChatBody): number {
  const each = Number(max_completion_tokens ?? max_tokens)
  // -1 is no length, but as much as the model has to say.
  return (each > 0 ? each : usualAnswerTokens) * Math.max(1, Number(n) || 1)
}

function isExceeded(taken: Place | LimitExceeded): taken is LimitExceeded {
  return 'limit' in taken
}

const whatIsTooMuch: Readonly<Record<LimitExceeded['limit'], string>> = {
  requests: 'Too many requests in a minute.',
  tokens: 'Too many tokens in a minute.',
  concurrent: 'Too many requests at the same time.',
  budget: 'The budget of the day is used up.',
}

function limited({ limit, retryAfterMs }: LimitExceeded): ProxyError {
  const seconds = Math.ceil(retryAfterMs / 1000)
  return new ProxyError(`${whatIsTooMuch[limit]} Try again in ${seconds} s.`, {
    status: 429,
    code: 'rate-limited',
    type: 'invalid_request_error',
    headers: {
      'retry-after': `${seconds}`,
      'retry-after-ms': `${Math.ceil(retryAfterMs)}`,
      ratelimit: `"${limit}";r=0;t=${seconds}`,
    },
  })
}

function uncountable(): ProxyError {
  return new ProxyError('The limits cannot be counted now.', { status: 503, code: 'overloaded', type: 'server_error' })
}
