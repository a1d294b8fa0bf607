import { findModel } from './cost.ts'
import { ChatError } from './errors.ts'
import { isObject, parseJson } from './json.ts'
import { errorFromPayload, errorFromResponse } from './provider-error.ts'
import { openaiModelsEndpoint } from './providers/openai-models-endpoint.ts'
import type { Model, Provider } from './providers/provider.ts'
import { explainFetchError } from './transport/fetch-error.ts'
import { assertTransportOptions } from './transport/options.ts'
import { withoutKey } from './without-key.ts'

export interface ListModelsOptions {
  readonly apiKey?: string | undefined
  /** Where it is not the provider's own. */
  readonly baseURL?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly signal?: AbortSignal | undefined
  /** For each page, in milliseconds. Default 15,000. */
  readonly timeoutMs?: number | undefined
}

/** Whether a key is good, and what it may use. */
export type KeyCheck =
  | { readonly ok: true; readonly models: readonly Model[] }
  | { readonly ok: false; readonly error: ChatError }

const maxPages = 100

/**
 * Asks the provider which models it has. What is known here of them, name, price and capabilities, is added where the list says
 * nothing of it; a price from the list is dated today.
 * @throws {ChatError} `unauthorized`, `network`, `cors`, `connect-timeout`, `not-a-stream` for what is no list, and so on.
 * @throws {TypeError} for options that cannot work, as `streamReply` does.
 * @throws The signal's reason, once that is aborted.
 */
export async function listModels(provider: Provider, options: ListModelsOptions = {}): Promise<readonly Model[]> {
  assertTransportOptions({ ...options, provider })
  const { url, read } = provider.modelsEndpoint ?? openaiModelsEndpoint
  const models: Model[] = []
  let next: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const address = url(baseURLOf(provider, options), next)
    const answer = await getJson(address, provider, options)
    const list = read(answer, address)
    if (!list) throw withoutSecrets(noList(JSON.stringify(answer)), headersFor(provider, options))
    models.push(...list.models)
    // A server that knows no pages answers the same again.
    if (!list.next || list.next === next) break
    next = list.next
  }
  return models.map((model) => withKnown(model, provider))
}

/**
 * Tries a key by listing the models. Where nobody needs a key for that (OpenRouter) it asks for something else; a server
 * that takes every key, as local ones do, also passes.
 * @throws The signal's reason, once that is aborted. What the network and the provider do is in the result.
 */
export async function verifyKey(
  provider: Provider,
  apiKey: string,
  options: Omit<ListModelsOptions, 'apiKey'> = {},
): Promise<KeyCheck> {
  if (!/^[\x21-\x7e]*$/.test(apiKey)) {
    const what = 'The key has a space, a line break or another character that no key has.'
    return { ok: false, error: new ChatError('unauthorized', { what }) }
  }
  try {
    const keyURL = provider.modelsEndpoint?.keyURL?.(baseURLOf(provider, options))
    if (keyURL) await getJson(keyURL, provider, { ...options, apiKey })
    return { ok: true, models: await listModels(provider, { ...options, apiKey }) }
  } catch (error) {
    if (error instanceof ChatError) return { ok: false, error }
    throw error
  }
}

function baseURLOf(provider: Provider, { baseURL = provider.baseURL }: ListModelsOptions): string {
  return baseURL.replace(/\/+$/, '')
}

async function getJson(url: string, provider: Provider, options: ListModelsOptions): Promise<unknown> {
  const { fetch = globalThis.fetch, signal, timeoutMs = 15_000 } = options
  const headers = headersFor(provider, options)
  const controller = new AbortController()
  const abort = () => controller.abort()
  // A timer that is told to wait longer than it can does not wait at all.
  const timer = setTimeout(abort, Math.min(timeoutMs, 2 ** 31 - 1))
  signal?.addEventListener('abort', abort)
  try {
    signal?.throwIfAborted()
    const response = await fetch(url, { headers, signal: controller.signal })
    const body = await response.text()
    if (!response.ok) throw failure(response, body)
    const answer = parseJson(body)
    if (answer === undefined) throw noList(body)
    if (isObject(answer) && answer.error != null) throw errorFromPayload(answer)
    return answer
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof ChatError) throw withoutSecrets(cause, headers)
    if (!controller.signal.aborted) throw await explainFetchError(url, cause, fetch, controller.signal)
    throw new ChatError('connect-timeout', { what: `Nothing came for ${timeoutMs / 1000} s.` })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Who asks is said as the wire format says it; the chat it says that for is never sent. */
function headersFor(provider: Provider, { apiKey, headers }: ListModelsOptions): Readonly<Record<string, string>> {
  return provider.wire.request({ model: '', messages: [], headers }, { baseURL: '', apiKey }).headers
}

/** A key may also stand in a header of one's own. */
function withoutSecrets(error: ChatError, headers: Readonly<Record<string, string>>): ChatError {
  return Object.values(headers).reduce(withoutKey, error)
}

/** For a list, 404 does not mean that a model is missing. */
function failure(response: Response, body: string): ChatError {
  const error = errorFromResponse(response, body)
  if (error.code !== 'model-not-found') return error
  return new ChatError('not-a-stream', { what: 'There is no list of models at this address.', status: response.status })
}

function noList(text: string): ChatError {
  return new ChatError('not-a-stream', { what: 'The answer was no list of models.', excerpt: text.slice(0, 200) })
}

function withKnown(model: Model, provider: Provider): Model {
  const known = findModel(provider, model.id)
  const { price = known?.price, capabilities = known?.capabilities } = model
  const name = model.name === model.id && known?.id === model.id ? known.name : model.name
  return { id: model.id, name, ...(price && { price }), ...(capabilities && { capabilities }) }
}
