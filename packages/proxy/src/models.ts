import { readAtMost } from './bytes.ts'
import { ProxyError } from './errors.ts'
import type { OpenRequest } from './open-requests.ts'
import type { Settings } from './options.ts'
import { redactText } from './redact.ts'
import { answerHeaders } from './response-headers.ts'
import type { AskUpstream } from './upstream.ts'
import { upstreamErrorResponse } from './upstream-error.ts'

// The longest list known, that of OpenRouter, is under 1 MB.
const maxListBytes = 8 * 1024 * 1024

/** The models the upstream lists, less those that may not be asked for. */
export async function answerModels(open: OpenRequest, askUpstream: AskUpstream, settings: Settings): Promise<Response> {
  const { secrets, models } = settings
  const upstream = await askUpstream({ path: '/models', accept: 'application/json' }, open)
  if (!upstream.ok) return upstreamErrorResponse(upstream, secrets)
  const headers = answerHeaders(upstream.headers, secrets)
  headers.set('content-type', 'application/json')
  const text = redactText(await readText(upstream), secrets)
  return new Response(models ? filterList(text, models) : text, { headers })
}

async function readText(upstream: Response): Promise<string> {
  const bytes = await readAtMost(upstream.body, maxListBytes).catch(() => undefined)
  if (!bytes) throw unreadable()
  return new TextDecoder().decode(bytes)
}

/** `{ data: [{ id }] }`; what else the list says of a model stays. */
function filterList(text: string, models: ReadonlySet<string>): string {
  const list: unknown = parse(text)
  if (typeof list !== 'object' || list === null || !('data' in list) || !Array.isArray(list.data)) throw unreadable()
  return JSON.stringify({ ...list, data: list.data.filter((model: unknown) => models.has(idOf(model))) })
}

function idOf(model: unknown): string {
  return typeof model === 'object' && model !== null && 'id' in model ? String(model.id) : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreadable(): ProxyError {
  return new ProxyError('The list of models the provider sent cannot be read.', { status: 502, code: 'provider-error' })
}
