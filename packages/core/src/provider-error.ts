import { ChatError, type ChatErrorDetails, kinds } from './errors.ts'
import { asObject, asObjects, asText, isObject, type JsonObject, parseJson } from './json.ts'

/** What a provider says of a failure, whatever shape it says it in. */
interface Complaint {
  readonly message: string
  readonly providerCode?: string | undefined
  readonly status?: number | undefined
  readonly retryAfterMs?: number | undefined
}

/** An answer that came instead of a stream: its status says that the request failed. */
export function errorFromResponse({ status, headers }: Response, body: string): ChatError {
  const complaint = readComplaint(parseJson(body) ?? body)
  const retryAfterMs = retryAfter(headers) ?? complaint.retryAfterMs
  const requestId = headers.get('x-request-id') ?? headers.get('request-id')
  // OpenAI and Anthropic know better than the status does.
  const shouldRetry = headers.get('x-should-retry')
  const answer = { status, retryAfterMs, requestId, excerpt: body.slice(0, 200) }
  return toChatError({ ...complaint, status }, shouldRetry ? { ...answer, retryable: shouldRetry === 'true' } : answer)
}

/** An error that came inside a stream. */
export function errorFromPayload(payload: unknown): ChatError {
  return toChatError(readComplaint(payload))
}

function toChatError({ message, status, ...details }: Complaint, answer?: ChatErrorDetails): ChatError {
  const says = message && `The provider says "${message.slice(0, 500).replace(/\.$/, '')}".`
  const found = kinds.find((kind) => kind[2]?.test(`${status} ${details.providerCode} ${message}`))
  return new ChatError(found?.[0] ?? 'provider-error', {
    what: says || (status && `The server answered ${status}.`),
    ...details,
    ...answer,
  })
}

/** Seen in the wild: `{error: {…}}`, `{error: "text"}`, `{detail: "text" | [{msg}]}`, `{message}`, each also in an array. */
function readComplaint(payload: unknown): Complaint {
  if (Array.isArray(payload)) return readComplaint(payload[0])
  // A page of HTML tells a person nothing that its status does not.
  if (typeof payload === 'string') return { message: /^\s*</.test(payload) ? '' : payload.trim() }
  const outer = asObject(payload)
  const error = isObject(outer.error) ? outer.error : outer
  const status = Number(error.code) || Number(error.status_code) || undefined
  const delays = asObjects(error.details).map(({ retryDelay }) => Number.parseFloat(String(retryDelay)) * 1000)
  return {
    message:
      firstText(hiddenMessage(error), error.message, error.error, error.detail, asObjects(error.detail)[0]?.msg) ?? '',
    providerCode: firstText(error.code, error.status, error.type) ?? status?.toString(),
    status,
    // Google's `details: [{retryDelay: "26s"}]`.
    retryAfterMs: delays.find(isPositive),
  }
}

/** A gateway's `Provider returned error` keeps what that provider said in its metadata. */
function hiddenMessage(error: JsonObject): string | undefined {
  const raw = asText(asObject(error.metadata).raw)
  return raw && (readComplaint(parseJson(raw)).message || raw)
}

function firstText(...values: unknown[]): string | undefined {
  return values.map(asText).find(Boolean)
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date. A wait of 0 ms says nothing, so the next is asked. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const waits = [Number(headers.get('retry-after-ms')), Number(value) * 1000, Date.parse(value) - Date.now()]
  return waits.find(isPositive)
}

const isPositive = (ms: number) => ms > 0
