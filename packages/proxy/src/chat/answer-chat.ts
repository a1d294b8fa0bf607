import { badRequest } from '../errors.ts'
import type { Exchange, Surroundings } from '../exchange.ts'
import type { ChatBody } from '../options.ts'
import { applyPolicy } from '../policy/apply-policy.ts'
import type { Settings } from '../settings.ts'
import { chatOfArticle } from './article.ts'
import { readBody } from './read-body.ts'
import { type ChatDialect, relayChat } from './relay-chat.ts'

// A client may write a whole body of it, and each line that is told of its request would hold it.
const longestModelName = 200

/** Sends one chat request on and its answer back, streamed or not. */
export async function answerChat(
  exchange: Exchange,
  { settings, streams }: Surroundings,
  dialect: ChatDialect,
): Promise<Response> {
  const { request, identity, open, recorder } = exchange
  const { bytes, body: read } = await readBody(request, open, settings)
  const original = dialect === 'article' ? chatOfArticle(read) : read
  const allowed = withModel(applyPolicy(original, settings.policy), settings)
  const body = (await settings.onRequest?.(allowed, request, identity)) ?? allowed
  if (body instanceof Response) return new Response(body.body, body)
  refuseUnlistedModel(body, settings.models)
  const isStream = body.stream === true
  recorder.note({ isStream, ...(typeof body.model === 'string' && { model: body.model.slice(0, longestModelName) }) })

  const reply = isStream ? await streams.begin(identity.id, request.headers.get('idempotency-key')) : undefined
  if (reply instanceof Response) return reply
  try {
    return await relayChat(exchange, { settings, streams }, { bytes, original: read, body, dialect }, reply)
  } catch (error) {
    reply?.abandon()
    throw error
  }
}

function withModel(body: ChatBody, { defaultModel }: Settings): ChatBody {
  return body.model === undefined && defaultModel !== undefined ? { ...body, model: defaultModel } : body
}

/** OpenRouter and LiteLLM also take a list of models, to be asked where the first one fails. */
function refuseUnlistedModel(
  { model, models: others, fallbacks }: ChatBody,
  models: ReadonlySet<string> | undefined,
): void {
  const asked = [model, others ?? [], fallbacks ?? []].flat()
  if (!models || asked.every((name) => typeof name === 'string' && models.has(name))) return
  throw badRequest(404, 'model-not-found', 'This model is not offered here. See GET /v1/models.')
}
