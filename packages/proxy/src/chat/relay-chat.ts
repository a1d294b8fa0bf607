import type { Usage } from '@millrace/core'
import { ProxyError } from '../errors.ts'
import type { Exchange, Surroundings } from '../exchange.ts'
import type { ReplyStream } from '../log/reply-streams.ts'
import type { ChatBody } from '../options.ts'
import { type ChatSource, createReplySource } from '../reply/reply-source.ts'
import { readUsage } from '../reply/usage.ts'
import { eventStreamHeaders } from '../response-headers.ts'
import type { Settings } from '../settings.ts'
import { type Answered, type Asking, createAsking } from '../upstream/asking.ts'
import { upstreamErrorResponse } from '../upstream-error.ts'
import { passWhole } from '../whole-answer.ts'
import { articleEvent } from './article.ts'
import { type SpelledBody, spellBody } from './spell-body.ts'
import { beginSpending, type Spending, usageOf } from './spending.ts'

/** In which words a client asks and is answered: OpenAI's, or the plain ones of `/api/stream-chat`. */
export type ChatDialect = 'openai' | 'article'

/** A chat request that may be sent on. */
export interface AllowedChat {
  /** What the client sent, of which `original` was read. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly original: ChatBody
  readonly body: ChatBody
  readonly dialect: ChatDialect
}

/**
 * Asks upstream and passes the answer on.
 * @param reply The stream that the client asked for; nothing where it wants its answer whole.
 */
export async function relayChat(
  exchange: Exchange,
  { settings, streams }: Surroundings,
  chat: AllowedChat,
  reply: ReplyStream | undefined,
): Promise<Response> {
  const { request, identity, open } = exchange
  const spending = await beginSpending(chat.body, exchange, settings)
  const spelled = spellBody(chat.bytes, chat.original, chat.body, {
    mayPassBytes: !readsWhatItSends(settings, chat.body),
    includeUsage: settings.includeUsage,
  })
  const accept = request.headers.get('accept')
  const requestFor: Parameters<typeof createAsking>[0] = (upstream) => ({
    path: '/chat/completions',
    body: spelled.for(upstream),
    accept,
  })
  const asking = createAsking(requestFor, open, settings)
  const timer = setTimeout(() => open.abort(tookTooLong(settings.totalMs)), settings.totalMs)
  const source = createSource(asking, spelled, exchange, settings, chat.dialect)
  let other: { readonly usage: Usage | undefined } | undefined
  open.onOver(() => {
    clearTimeout(timer)
    account(exchange, asking, source, spending, other)
  })

  let answered: Answered | undefined
  try {
    answered = await source.otherAnswer(reply ? settings.headersAfterMs : Number.POSITIVE_INFINITY)
  } catch (error) {
    // Who left may have been charged for what was asked; who was refused was not.
    if (!open.signal.aborted) other = { usage: undefined }
    throw error
  }
  if (answered) {
    reply?.abandon()
    other = { usage: undefined }
    const { response, usage } = await passOther(answered, exchange, settings)
    other = { usage }
    return response
  }
  // Some servers stream whatever they are asked for.
  const stream = reply ?? (await streams.begin(identity.id))
  if (stream instanceof Response) return stream
  open.ignoreClient()
  return stream.answer(source, eventStreamHeaders(), request.signal)
}

/** Where a request is judged by what was read of it, that is what has to be sent: JSON can say a thing twice. */
function readsWhatItSends({ models, limits, policy }: Settings, { n }: ChatBody): boolean {
  const { maxTokens, systemMessages, unknownFields, force } = policy
  const isForced = Object.keys(force).length > 0
  // How many answers may be asked for is always limited.
  return Boolean(
    models ||
      limits ||
      maxTokens ||
      n !== undefined ||
      isForced ||
      systemMessages !== 'allow' ||
      unknownFields !== 'pass',
  )
}

function createSource(
  asking: Asking,
  { keepsUsage }: SpelledBody,
  { open, identity, recorder }: Exchange,
  settings: Settings,
  dialect: ChatDialect,
): ChatSource {
  const { secrets, onEvent } = settings
  const isArticle = dialect === 'article'
  const askedAt = Date.now()

  function change(event: unknown): unknown {
    const seen = onEvent ? onEvent(event, identity) : event
    return isArticle ? articleEvent(seen) : seen
  }

  return createReplySource(asking, open, settings, {
    secrets,
    keepsUsage,
    change: onEvent || isArticle ? change : undefined,
    addsTerminator: isArticle,
    onFirstEvent: () => recorder.note({ firstEventMs: Date.now() - askedAt }),
    onFailure: (error) => recorder.note({ error }),
  })
}

/** What was answered in place of a stream: a failure, or an answer that is whole. */
async function passOther({ response }: Answered, { open, recorder }: Exchange, { secrets }: Settings) {
  if (response.ok) {
    const whole = await passWhole(response, open, secrets)
    return { response: whole.response, usage: readUsage(whole.json) }
  }
  recorder.note({ error: 'provider-error' })
  return { response: await upstreamErrorResponse(response, secrets), usage: undefined }
}

/** @param other What is known where the answer was no stream; nothing where it was one. */
function account(
  { open, recorder }: Exchange,
  asking: Asking,
  { findings }: ChatSource,
  spending: Spending,
  other: { readonly usage: Usage | undefined } | undefined,
): void {
  const said = other ? other.usage : findings.usage
  const usage = said ?? (other ? undefined : usageOf(spending.inputTokens, findings.outputTokens))
  const { costUSD } = spending.settle(usage)
  const reason: unknown = open.signal.aborted ? open.signal.reason : undefined
  recorder.note({
    attempts: asking.attempts,
    ...(asking.upstream && { upstream: asking.upstream }),
    ...(usage && { usage }),
    ...(usage && !said && { isUsageEstimated: true }),
    ...(costUSD !== undefined && { costUSD }),
    ...(findings.events > 0 && { events: findings.events }),
    ...(findings.finishReason && { finishReason: findings.finishReason }),
    ...(reason instanceof ProxyError && { error: reason.code }),
  })
}

function tookTooLong(ms: number): ProxyError {
  return new ProxyError(`The reply took longer than ${ms / 1000} s and was ended.`, {
    status: 504,
    code: 'incomplete',
  })
}
