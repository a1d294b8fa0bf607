import { ProxyError } from './errors.ts'
import { forTimer } from './positive.ts'

/** One request that is being answered. */
export interface OpenRequest {
  /** Aborted, with a `ProxyError` as the reason, when the answer is no longer wanted or allowed. */
  readonly signal: AbortSignal
  abort(reason: ProxyError): void
  /** From now on the client's leaving ends nothing by itself. */
  ignoreClient(): void
  /** The answer goes on after it was returned. Call what this returns when it is over; again does nothing. */
  stay(): () => void
  /** Calls back once all of it is over; the last to ask is told first. */
  onOver(listener: () => void): void
}

/** The requests that are being answered, so that they can be waited for and ended. */
export interface OpenRequests {
  /**
   * Counts a request as open until it is answered, and longer if it stays.
   * @param client Aborted when the client is gone.
   */
  during<Answer>(client: AbortSignal, answer: (request: OpenRequest) => Promise<Answer>): Promise<Answer>
  readonly size: number
  readonly isDraining: boolean
  drain(ms: number): Promise<void>
  close(): void
}

export function clientLeft(): ProxyError {
  // 499 is nginx's number for this; nobody is there to read it.
  return new ProxyError('The client closed the request.', { status: 499, code: 'aborted', type: 'server_error' })
}

function shuttingDown(): ProxyError {
  return new ProxyError('The proxy is shutting down.', {
    status: 503,
    code: 'overloaded',
    type: 'server_error',
    headers: { 'retry-after': '1' },
  })
}

export function createOpenRequests(): OpenRequests {
  const open = new Set<OpenRequest>()
  let isDraining = false
  let onEmpty = () => {}

  async function during<Answer>(
    client: AbortSignal,
    answer: (request: OpenRequest) => Promise<Answer>,
  ): Promise<Answer> {
    if (isDraining) throw shuttingDown()
    const controller = new AbortController()
    const onClientGone = () => controller.abort(clientLeft())
    if (client.aborted) onClientGone()
    client.addEventListener('abort', onClientGone, { once: true })
    const ignoreClient = () => client.removeEventListener('abort', onClientGone)
    const holders = new Set<symbol>()
    const listeners: (() => void)[] = []

    function stay(): () => void {
      const holder = Symbol()
      holders.add(holder)
      return () => {
        if (!holders.delete(holder) || holders.size > 0) return
        ignoreClient()
        open.delete(request)
        for (const listener of listeners.splice(0)) listener()
        if (open.size === 0) onEmpty()
      }
    }

    const request: OpenRequest = {
      signal: controller.signal,
      abort: (reason) => controller.abort(reason),
      ignoreClient,
      stay,
      onOver: (listener) => void listeners.unshift(listener),
    }
    open.add(request)
    const leave = stay()
    try {
      return await answer(request)
    } finally {
      leave()
    }
  }

  async function drain(ms: number): Promise<void> {
    isDraining = true
    if (open.size > 0) {
      let timer: ReturnType<typeof setTimeout> | undefined
      await new Promise<void>((resolve) => {
        onEmpty = resolve
        timer = setTimeout(resolve, forTimer(ms))
      })
      clearTimeout(timer)
    }
    close()
  }

  function close(): void {
    isDraining = true
    for (const request of open) request.abort(shuttingDown())
  }

  return {
    during,
    drain,
    close,
    get size() {
      return open.size
    },
    get isDraining() {
      return isDraining
    },
  }
}
