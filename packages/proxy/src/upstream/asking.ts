import { ProxyError } from '../errors.ts'
import type { OpenRequest } from '../open-requests.ts'
import type { Settings } from '../settings.ts'
import { askOnce, type UpstreamRequest } from './ask.ts'
import type { Upstream } from './upstream.ts'

/** What an upstream answered, and who that was. */
export interface Answered {
  readonly response: Response
  readonly upstream: Upstream
}

/** One question, to whoever can answer it. */
export interface Asking {
  /**
   * Asks until somebody answers with something better than a passing failure; the last failure where nobody does.
   * Call it again where an answer broke off before it said anything.
   * @throws {ProxyError} where the last one asked could not be reached; the reason the request was aborted for.
   */
  ask(): Promise<Answered>
  /** Whether anybody is left to ask. */
  readonly canAskAgain: boolean
  /** How often somebody was asked. */
  readonly attempts: number
  /** The name of the one asked last. */
  readonly upstream: string | undefined
}

const longestWaitMs = 2_000
const refusedKeyRestsMs = 300_000
const limitedKeyRestsMs = 30_000

/** @param requestFor What to send to that upstream. */
export function createAsking(
  requestFor: (upstream: Upstream) => UpstreamRequest,
  open: OpenRequest,
  settings: Settings,
): Asking {
  const { upstreams, retries } = settings
  let place = 0
  let triesLeft = retries + 1
  let otherKeys = Math.max(0, (upstreams[0]?.keys.size ?? 0) - 1)
  let attempts = 0
  let lastAsked: string | undefined

  function goOnToNext(): void {
    place++
    triesLeft = retries + 1
    otherKeys = Math.max(0, (upstreams[place]?.keys.size ?? 0) - 1)
  }

  /** Whether somebody is asked again after that status, and after how long a wait. */
  function planAfter(status: number, retryAfterMs: number | undefined): number | undefined {
    const isKeyAtFault = status === 401 || status === 403 || status === 429
    if (isKeyAtFault && otherKeys > 0) {
      otherKeys--
      return 0
    }
    const waitMs = retryAfterMs ?? backOffMs(retries - triesLeft)
    if (!isKeyAtFault && triesLeft > 0 && waitMs <= longestWaitMs) return waitMs
    if (place + 1 >= upstreams.length) return undefined
    goOnToNext()
    return 0
  }

  async function ask(): Promise<Answered> {
    for (;;) {
      const upstream = upstreams[place]
      if (!upstream) throw nobodyLeft()
      const key = upstream.keys.next()
      triesLeft--
      attempts++
      lastAsked = upstream.name
      let failure: ProxyError | undefined
      let response: Response | undefined
      try {
        response = await askOnce(upstream, key, requestFor(upstream), open, settings)
      } catch (error) {
        if (open.signal.aborted || !(error instanceof ProxyError)) throw error
        failure = error
      }
      if (response && key !== undefined) restKey(upstream, key, response)
      if (response && !isPassing(response.status)) return { response, upstream }
      if (failure?.code === 'server-error') throw failure
      // It may still be at work on this one: asked again it would do, and charge, the same twice.
      if (failure?.code === 'connect-timeout') triesLeft = 0
      const waitMs = planAfter(response?.status ?? 0, response && retryAfterMsOf(response.headers))
      if (waitMs === undefined) {
        place = upstreams.length
        if (response) return { response, upstream }
        throw failure
      }
      response?.body?.cancel().catch(() => {})
      if (waitMs > 0) await wait(waitMs, open.signal)
    }
  }

  return {
    ask,
    get canAskAgain() {
      if (place < upstreams.length && triesLeft <= 0) goOnToNext()
      return place < upstreams.length
    },
    get attempts() {
      return attempts
    },
    get upstream() {
      return lastAsked
    },
  }
}

/** A failure that somebody else, or the same one later, may not have. */
function isPassing(status: number): boolean {
  return status === 401 || status === 403 || status === 408 || status === 429 || (status >= 500 && status !== 501)
}

function restKey({ keys }: Upstream, key: string, { status, headers }: Response): void {
  if (status === 401 || status === 403) keys.setAside(key, refusedKeyRestsMs)
  if (status === 429) keys.setAside(key, retryAfterMsOf(headers) ?? limitedKeyRestsMs)
}

export function retryAfterMsOf(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (ms >= 0) return ms
  const value = headers.get('retry-after')
  if (!value) return undefined
  const seconds = Number(value)
  const waitMs = seconds >= 0 ? seconds * 1000 : Date.parse(value) - Date.now()
  return waitMs >= 0 ? waitMs : undefined
}

function backOffMs(attempt: number): number {
  return 200 * 2 ** attempt * (0.5 + Math.random() / 2)
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

function nobodyLeft(): ProxyError {
  return new ProxyError('No provider is left to ask.', { status: 502, code: 'network' })
}
