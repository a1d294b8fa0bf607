import { readAtMost } from '../bytes.ts'
import { badRequest } from '../errors.ts'
import type { OpenRequest } from '../open-requests.ts'
import type { ChatBody } from '../options.ts'
import type { Settings } from '../settings.ts'

export interface ReadBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly body: ChatBody
}

/** @throws {ProxyError} for what is too large, too slow, or no JSON object. */
export async function readBody(
  request: Request,
  open: OpenRequest,
  { maxBodyBytes, bodyMs }: Pick<Settings, 'maxBodyBytes' | 'bodyMs'>,
): Promise<ReadBody> {
  refuseForeignForms(request)
  const announced = Number(request.headers.get('content-length'))
  const bytes = announced > maxBodyBytes ? undefined : await readInTime(request, open, maxBodyBytes, bodyMs)
  if (!bytes) throw badRequest(413, 'context-too-long', `The request is larger than ${maxBodyBytes} bytes.`)
  // Who left while sending has sent nothing that could be answered.
  if (open.signal.aborted) throw open.signal.reason
  return { bytes, body: parseBody(bytes) }
}

/**
 * A page of any other site can make a browser post text or a form here without asking. JSON it cannot: for that the
 * browser asks first, and is not answered.
 */
function refuseForeignForms({ headers }: Request): void {
  // The type alone: a browser sends `text/plain; x=json` without asking.
  if (!headers.has('origin') || /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? ''))
    return
  throw badRequest(415, 'bad-request', 'Send the request as content-type application/json.')
}

/** A sender that dribbles would hold its place for ever. */
async function readInTime({ body }: Request, { signal }: OpenRequest, maxBytes: number, ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooSlow = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(badRequest(408, 'bad-request', `The request took longer than ${ms / 1000} s.`)), ms)
  })
  try {
    return await Promise.race([readAtMost(body, maxBytes), tooSlow])
  } catch (error) {
    // A body that breaks off does so because its client has left.
    throw signal.aborted ? signal.reason : error
  } finally {
    clearTimeout(timer)
  }
}

function parseBody(bytes: Uint8Array): ChatBody {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw badRequest(400, 'bad-request', 'The request is not JSON.')
  }
  if (!isChatBody(body)) throw badRequest(400, 'bad-request', 'The request is not a JSON object.')
  return body
}

function isChatBody(body: unknown): body is ChatBody {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}
