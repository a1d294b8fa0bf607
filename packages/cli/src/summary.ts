import { type Message, messageCost, type Provider } from '@millrace/core'

const endings: Readonly<Partial<Record<NonNullable<Message['finishReason']>, string>>> = {
  length: 'cut at the length limit',
  'content-filter': 'withheld by the provider',
  aborted: 'stopped',
  incomplete: 'unfinished',
  error: 'failed',
  unknown: 'ended without saying why',
}

/**
 * One line on a reply: how it ended where that is not simply its end, the model, tokens, time to the first of them,
 * tokens per second and the cost. What is not known is said to be so, never 0.
 */
export function summarize(reply: Message, provider: Provider): string {
  return [
    reply.finishReason && endings[reply.finishReason],
    reply.model,
    tokens(reply),
    firstToken(reply),
    speed(reply),
    cost(reply, provider),
  ]
    .filter(Boolean)
    .join(' · ')
}

function tokens({ usage }: Message): string {
  if (!usage) return 'tokens unknown'
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage
  const cached = cachedInputTokens ? ` (${count(cachedInputTokens)} cached)` : ''
  const reasoning = reasoningTokens ? ` (${count(reasoningTokens)} reasoning)` : ''
  return `tokens ${count(inputTokens)} in${cached}, ${count(outputTokens)} out${reasoning}`
}

function firstToken({ timing }: Message): string | undefined {
  if (!timing?.firstTokenAt) return undefined
  return `first token after ${((timing.firstTokenAt - timing.startedAt) / 1000).toFixed(2)} s`
}

/** From the first token to the last; undefined where all came at once. */
function speed({ usage, timing }: Message): string | undefined {
  const ms = (timing?.lastTokenAt ?? 0) - (timing?.firstTokenAt ?? 0)
  if (!usage || ms <= 0) return undefined
  return `${count(Math.round((usage.outputTokens * 1000) / ms))} tokens/s`
}

function cost(reply: Message, provider: Provider): string {
  const cost = messageCost(reply, provider)
  if (cost) return dollars(cost.total)
  return reply.usage ? 'price unknown' : 'cost unknown'
}

/** Three digits that count, however small: a reply may cost a thousandth of a cent. */
export function dollars(amount: number): string {
  const digits = amount >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return `$${amount.toLocaleString('en-US', digits)}`
}

function count(tokens: number): string {
  return tokens.toLocaleString('en-US')
}
