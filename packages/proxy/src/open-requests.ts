import { ProxyError } from './errors.ts'

/** One request that is being answered. */
export interface OpenRequest {
  /** Aborted, with a `ProxyError` as the reason, when the answer is no longer wanted or allowed. */
  readonly signal: AbortSignal
  abort(reason: ProxyError): void
  /** The answer goes on after it was returned. Call what this returns when it is over; again does nothing. */
  stay(): () => void
}

/** The requests that are being answered, so that they can be waited for and ended. */
export interface OpenRequests {
  /**
   * Counts a request as open until it is answered, and longer if it stays.
   * @param client Aborted when the client is gone.
   */
  during<Answer>(client: AbortSignal, answer: (request: OpenRequest) => Promise<Answer>): Promise<Answer>
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
  let accepting = true
  let onEmpty = () => {}

  async function during<Answer>(
    client: AbortSignal,
    answer: (request: OpenRequest) => Promise<Answer>,
  ): Promise<Answer> {
    if (!accepting) throw shuttingDown()
    const controller = new AbortController()
    const onClientGone = () => controller.abort(clientLeft())
    if (client.aborted) onClientGone()
    client.addEventListener('abort', onClientGone, { once: true })
    const holders = new Set<symbol>()

    function stay(): () => void {
      const holder = Symbol()
      holders.add(holder)
      return () => {
        holders.delete(holder)
        if (holders.size > 0) return
        client.removeEventListener('abort', onClientGone)
        open.delete(request)
        if (open.size === 0) onEmpty()
      }
    }

    const request: OpenRequest = { signal: controller.signal, abort: (reason) => controller.abort(reason), stay }
    open.add(request)
    const leave = stay()
    try {
      return await answer(request)
    } finally {
      leave()
    }
  }

  async function drain(ms: number): Promise<void> {
    accepting = false
    if (open.size > 0) {
      let timer: ReturnType<typeof setTimeout> | undefined
      await new Promise<void>((resolve) => {
        onEmpty = resolve
        timer = setTimeout(resolve, ms)
      })
      clearTimeout(timer)
    }
    close()
  }

  function close(): void {
    accepting = false
    for (const request of open) request.abort(shuttingDown())
  }

  return { during, drain, close }
}
