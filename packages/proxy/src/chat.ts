import { readAtMost } from './bytes.ts'
import { badRequest } from './errors.ts'
import type { OpenRequest } from './open-requests.ts'
import type { ChatBody, Settings } from './options.ts'
import { relay } from './relay.ts'
import type { AskUpstream } from './upstream.ts'
import { upstreamErrorResponse } from './upstream-error.ts'

/** Sends one chat request on and its answer back, streamed or not. */
export async function answerChat(
  request: Request,
  open: OpenRequest,
  askUpstream: AskUpstream,
  settings: Settings,
): Promise<Response> {
  refuseForeignForms(request)
  const bytes = await readBody(request, settings.maxBodyBytes)
  const body = parseBody(bytes)
  const changed = (await settings.onRequest?.(body, request)) ?? body
  if (changed instanceof Response) return changed
  refuseUnlistedModel(changed, settings.models)
  const upstream = await askUpstream(
    {
      path: '/chat/completions',
      // As it came, where nobody changed it: numbers too large for JavaScript stay what they are.
      body: changed === body ? bytes : JSON.stringify(changed),
      accept: request.headers.get('accept'),
    },
    open,
  )
  return upstream.ok ? relay(upstream, open, settings) : upstreamErrorResponse(upstream, settings.secrets)
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

async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length'))
  const bytes = announced > maxBytes ? undefined : await readAtMost(request.body, maxBytes)
  if (!bytes) throw badRequest(413, 'context-too-long', `The request is larger than ${maxBytes} bytes.`)
  return bytes
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

function refuseUnlistedModel({ model }: ChatBody, models: ReadonlySet<string> | undefined): void {
  if (!models || (typeof model === 'string' && models.has(model))) return
  throw badRequest(404, 'model-not-found', 'This model is not offered here. See GET /v1/models.')
}
