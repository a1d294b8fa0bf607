import { ChatError, type ChatErrorCode, type ChatErrorDetails } from './errors.ts'
import { isObject, type JsonObject, numberAt, objectAt, objectsAt, parseJson, textAt } from './json.ts'

/** What a provider says of a failure, whatever shape it says it in. */
interface Complaint {
  readonly message: string
  readonly code?: string
  readonly status?: number
  readonly retryAfterMs?: number
}

// The provider's own words tell more than the HTTP status: the same 400 or 429 means four different things.
const codesByWords: readonly (readonly [RegExp, ChatErrorCode])[] = [
  [/insufficient_quota|insufficient.(credit|balance|funds)|billing_|out of credit/i, 'payment-required'],
  [
    /invalid.{0,3}api.?key|api.?key.{0,12}(invalid|not valid|incorrect)|incorrect api key|authentication_error/i,
    'unauthorized',
  ],
  [
    /context.{0,4}(length|window)|prompt is too long|too many tokens|maximum.{0,20}tokens|request_too_large/i,
    'context-too-long',
  ],
  [/content.?(filter|policy)|moderation/i, 'content-blocked'],
  [/overloaded|at capacity/i, 'overloaded'],
  [/rate.?limit|resource_exhausted|too many requests/i, 'rate-limited'],
  [/model.{0,40}(not.?found|does not exist|not exist)|no such model/i, 'model-not-found'],
]

const codesByStatus: Readonly<Record<number, ChatErrorCode>> = {
  401: 'unauthorized',
  402: 'payment-required',
  403: 'forbidden',
  404: 'model-not-found',
  408: 'connect-timeout',
  413: 'context-too-long',
  429: 'rate-limited',
  503: 'overloaded',
  529: 'overloaded',
}

/** An answer that came instead of a stream: its status says that the request failed. */
export function errorFromResponse(response: Response, body: string): ChatError {
  const complaint = readComplaint(parseJson(body) ?? body)
  const retryAfterMs = retryAfter(response.headers) ?? complaint.retryAfterMs
  const requestId = response.headers.get('x-request-id') ?? response.headers.get('request-id')
  return toChatError(
    { ...complaint, status: response.status },
    {
      status: response.status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(requestId && { requestId }),
    },
  )
}

/** An error that came inside a stream. */
export function errorFromPayload(payload: unknown): ChatError {
  return toChatError(readComplaint(payload), {})
}

function toChatError(complaint: Complaint, details: ChatErrorDetails): ChatError {
  const { message, code, status, retryAfterMs } = complaint
  return new ChatError(classify(complaint), {
    what: message ? `The provider says: ${sentence(redact(message))}` : `The server answered ${status}.`,
    ...(code && { providerCode: code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...details,
  })
}

function classify({ message, code, status }: Complaint): ChatErrorCode {
  const words = `${code ?? ''} ${message}`
  const byWords = codesByWords.find(([pattern]) => pattern.test(words))?.[1]
  // An authorisation status is the provider's own word, whatever else its message mentions.
  if (byWords && !(status === 401 || status === 402)) return byWords
  if (status === undefined) return 'provider-error'
  return codesByStatus[status] ?? (status >= 500 ? 'server-error' : status >= 400 ? 'bad-request' : 'provider-error')
}

/** Seen in the wild: `{error: {…}}`, `{error: "text"}`, `{detail: "text" | [{msg}]}`, `{message}`, each also in an array. */
function readComplaint(payload: unknown): Complaint {
  if (Array.isArray(payload)) return readComplaint(payload[0])
  if (typeof payload === 'string') return { message: isMarkup(payload) ? '' : payload.trim() }
  if (!isObject(payload)) return { message: '' }
  const error = isObject(payload.error) ? payload.error : payload
  const raw = rawMessage(error)
  const code =
    firstText(error, 'code', 'status', 'type') ?? firstText(payload, 'code') ?? numberAt(error, 'code')?.toString()
  const status = numberAt(error, 'code') ?? numberAt(error, 'status_code') ?? numberAt(error, 'status')
  const retryAfterMs = retryDelay(error)
  return {
    message: raw ?? textAt(error, 'message') ?? textAt(payload, 'error') ?? detailOf(payload) ?? '',
    ...(code && { code }),
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** A gateway's `Provider returned error` hides what that provider said in its metadata. */
function rawMessage(error: JsonObject): string | undefined {
  const raw = textAt(objectAt(error, 'metadata'), 'raw')
  return raw && (readComplaint(parseJson(raw)).message || raw)
}

function detailOf(payload: JsonObject): string | undefined {
  return (
    textAt(payload, 'detail') ??
    (objectsAt(payload, 'detail')
      .map((item) => textAt(item, 'msg') ?? '')
      .join('; ') ||
      undefined)
  )
}

function firstText(value: JsonObject, ...keys: string[]): string | undefined {
  for (const key of keys) if (textAt(value, key)) return textAt(value, key)
  return undefined
}

/** Google's `details: [{retryDelay: "26s"}]`. */
function retryDelay(error: JsonObject): number | undefined {
  for (const detail of objectsAt(error, 'details')) {
    const seconds = Number.parseFloat(textAt(detail, 'retryDelay') ?? '')
    if (seconds >= 0) return seconds * 1000
  }
  return undefined
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date. A wait of 0 says nothing, so the next is asked. */
function retryAfter(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms'))
  if (ms > 0) return ms
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = Number(value)
  const wait = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

function isMarkup(text: string): boolean {
  return /^\s*</.test(text)
}

/** Providers repeat the key they refused. Long answers are cut: an error is no place for a page of text. */
function redact(message: string): string {
  return message.replace(/\b(sk|pk|key|gsk|xai|AIza)[-_][\w-]{6,}/g, '$1-…').slice(0, 500)
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
