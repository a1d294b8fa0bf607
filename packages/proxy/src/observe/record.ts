import type { Usage } from '@millrace/core'

/** What became of one request. It holds nothing of what was asked or answered. */
export interface RequestRecord {
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly endedAt: number
  readonly requestId: string
  readonly method: string
  /** One of the proxy's own; `unknown` for any other. */
  readonly route: string
  readonly status: number
  /** The code of the error it ended in; `aborted` where the client left. */
  readonly error?: string
  /** Who asked, by authentication. */
  readonly user?: string
  readonly model?: string
  /** Who answered. */
  readonly upstream?: string
  /** How often an upstream was asked. */
  readonly attempts?: number
  readonly isStream?: boolean
  /** From the request to the upstream's first event. */
  readonly firstEventMs?: number
  readonly events?: number
  readonly finishReason?: string
  readonly usage?: Usage
  /** Whether the usage was estimated, because the upstream did not get to say it. */
  readonly isUsageEstimated?: boolean
  readonly costUSD?: number
  /** Which limit was exceeded. */
  readonly limit?: string
}

/** A request that has just come in. */
export interface ObservedRequest {
  readonly startedAt: number
  readonly route: string
  readonly headers: Headers
}

/** Hears of a request, and returns who hears how it ended. What it throws is dropped. */
export type Observe = (request: ObservedRequest) => (record: RequestRecord) => void

/** Collects what becomes of one request. */
export interface Recorder {
  readonly startedAt: number
  readonly requestId: string
  note(what: Partial<RequestRecord>): void
  /** Tells the observers; again does nothing. */
  end(): void
}

export function createRecorder(request: Request, route: string, observers: readonly Observe[]): Recorder {
  const startedAt = Date.now()
  const requestId = crypto.randomUUID()
  let record: Omit<RequestRecord, 'endedAt'> = { startedAt, requestId, method: request.method, route, status: 0 }
  const listeners = observers.map((observe) => quietly(() => observe({ startedAt, route, headers: request.headers })))
  let isOver = false

  return {
    startedAt,
    requestId,
    note(what) {
      record = { ...record, ...what }
    },
    end() {
      if (isOver) return
      isOver = true
      const whole = { ...record, endedAt: Date.now() }
      for (const listener of listeners) quietly(() => listener?.(whole))
    },
  }
}

/** An observer that fails must not take a reply with it. */
function quietly<Result>(call: () => Result): Result | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}
