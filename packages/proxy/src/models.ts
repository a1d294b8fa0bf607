import { readAtMost } from './bytes.ts'
import { ProxyError } from './errors.ts'
import type { OpenRequest } from './open-requests.ts'
import { redactText } from './redact.ts'
import { answerHeaders } from './response-headers.ts'
import type { Settings } from './settings.ts'
import { createAsking } from './upstream/asking.ts'
import type { Upstream } from './upstream/upstream.ts'
import { upstreamErrorResponse } from './upstream-error.ts'

// The longest list known, that of OpenRouter, is under 1 MB.
const maxListBytes = 8 * 1024 * 1024
const keptForMs = 60_000

/** The models the upstream lists, less those that may not be asked for. A list serves everybody for a minute. */
export function createModelsAnswer(settings: Settings): (open: OpenRequest) => Promise<Response> {
  const { secrets, models } = settings
  let kept: { readonly text: string; readonly until: number } | undefined

  return async (open) => {
    if (kept && Date.now() < kept.until) return listResponse(kept.text)
    const { response, upstream } = await createAsking(
      () => ({ path: '/models', accept: 'application/json' }),
      open,
      settings,
    ).ask()
    if (!response.ok) return upstreamErrorResponse(response, secrets)
    const text = redactText(await readText(response), secrets)
    const isAsItCame = !models && upstream.modelNames.size === 0
    kept = { text: isAsItCame ? text : listFor(text, models, upstream), until: Date.now() + keptForMs }
    return listResponse(kept.text)
  }
}

function listResponse(text: string): Response {
  return new Response(text, { headers: answerHeaders(new Headers({ 'content-type': 'application/json' }), []) })
}

async function readText(upstream: Response): Promise<string> {
  const bytes = await readAtMost(upstream.body, maxListBytes).catch(() => undefined)
  if (!bytes) throw unreadable()
  return new TextDecoder().decode(bytes)
}

/** `{ data: [{ id }] }`, those that may be asked for, as clients call them; what else the list says of a model stays. */
function listFor(text: string, models: Settings['models'], { modelNames }: Upstream): string {
  const list: unknown = parse(text)
  if (typeof list !== 'object' || list === null || !('data' in list) || !Array.isArray(list.data)) throw unreadable()
  const data = list.data.flatMap((model: unknown) => {
    const id = idOf(model)
    const names = [...modelNames].flatMap(([name, there]) => (there === id ? name : []))
    return names.length === 0
      ? [{ id, model }]
      : names.map((name) => ({ id: name, model: { ...Object(model), id: name } }))
  })
  return JSON.stringify({ ...list, data: data.filter(({ id }) => models?.has(id) ?? true).map(({ model }) => model) })
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
