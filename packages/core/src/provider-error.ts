import { ChatError, type ChatErrorDetails, kinds } from './errors.ts'
import { isObject, numberAt, objectAt, objectsAt, parseJson, textAt } from './json.ts'

/** What a provider says of a failure, whatever shape it says it in. */
interface Complaint {
  readonly message: string
  readonly code?: string | undefined
  readonly status?: number | undefined
  readonly retryAfterMs?: number | undefined
}

/** An answer that came instead of a stream: its status says that the request failed. */
export function errorFromResponse({ status, headers }: Response, body: string): ChatError {
  const complaint = readComplaint(parseJson(body) ?? body)
  const retryAfterMs = retryAfter(headers) ?? complaint.retryAfterMs
  const requestId = headers.get('x-request-id') ?? headers.get('request-id')
  return toChatError({ ...complaint, status, retryAfterMs }, { status, requestId })
}

/** An error that came inside a stream. */
export function errorFromPayload(payload: unknown): ChatError {
  return toChatError(readComplaint(payload))
}

function toChatError({ message, code, status, retryAfterMs }: Complaint, details?: ChatErrorDetails): ChatError {
  const says = message && `The provider says "${message.slice(0, 500).replace(/\.$/, '')}".`
  const found = kinds.find((kind) => kind[3]?.test(`${status} ${code} ${message}`))
  return new ChatError(found?.[0] ?? 'provider-error', {
    ...details,
    what: says || (status && `The server answered ${status}.`),
    providerCode: code,
    retryAfterMs,
  })
}

/** Seen in the wild: `{error: {…}}`, `{error: "text"}`, `{detail: "text" | [{msg}]}`, `{message}`, each also in an array. */
function readComplaint(payload: unknown): Complaint {
  if (Array.isArray(payload)) return readComplaint(payload[0])
  // A page of HTML tells a person nothing that its status does not.
  if (typeof payload === 'string') return { message: /^\s*</.test(payload) ? '' : payload.trim() }
  const error = isObject(payload) && isObject(payload.error) ? payload.error : payload
  const status = numberAt(error, 'code') ?? numberAt(error, 'status_code')
  const [detail] = objectsAt(error, 'detail')
  return {
    message: hiddenMessage(error) ?? firstText(error, 'message', 'error', 'detail') ?? firstText(detail, 'msg') ?? '',
    code: firstText(error, 'code', 'status', 'type') ?? status?.toString(),
    status,
    retryAfterMs: retryDelay(error),
  }
}

/** A gateway's `Provider returned error` keeps what that provider said in its metadata. */
function hiddenMessage(error: unknown): string | undefined {
  const raw = textAt(objectAt(error, 'metadata'), 'raw')
  return raw && (readComplaint(parseJson(raw)).message || raw)
}

function firstText(value: unknown, ...keys: string[]): string | undefined {
  return keys.map((key) => textAt(value, key)).find(Boolean)
}

/** Google's `details: [{retryDelay: "26s"}]`. */
function retryDelay(error: unknown): number | undefined {
  const delays = objectsAt(error, 'details').map((detail) => Number.parseFloat(String(detail.retryDelay)) * 1000)
  return delays.find((delay) => delay > 0)
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date. A wait of 0 ms says nothing, so the next is asked. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const waits = [Number(headers.get('retry-after-ms')), Number(value) * 1000, Date.parse(value) - Date.now()]
  return waits.find((wait) => wait > 0)
}
