import { encodeSse, type ServerSentEvent } from '@millrace/core/sse'
import { brokenOff, errorEvent, ProxyError } from '../errors.ts'
import type { ReplySource } from '../log/reply-streams.ts'
import type { OpenRequest } from '../open-requests.ts'
import type { Settings } from '../settings.ts'
import type { Answered, Asking } from '../upstream/asking.ts'
import { readErrorText } from '../upstream-error.ts'
import { type EventBody, readEventBody } from './event-body.ts'
import { createEventPass, type EventPassOptions, type Findings } from './event-pass.ts'
import { readWholeAsEvents } from './whole-as-events.ts'

export interface ChatSource extends ReplySource {
  /**
   * What was answered in place of a stream, or nothing: there is a stream, or nothing was answered within that time. Such
   * an answer is then the caller's; after the time it ends the stream.
   * @throws {ProxyError} as asking does.
   */
  otherAnswer(withinMs: number): Promise<Answered | undefined>
  readonly findings: Findings
}

export interface ChatSourceOptions extends EventPassOptions {
  /** Whether a stream that says how it ends is given `[DONE]` where it forgets to. */
  readonly addsTerminator?: boolean
  readonly onFirstEvent: () => void
  /** Hears the code of the error that the stream ends in, where that is not the provider's own. */
  readonly onFailure: (code: string) => void
}

/** Asks, and gives what is answered event by event. As long as none was given, another upstream may be asked. */
export function createReplySource(
  asking: Asking,
  open: OpenRequest,
  settings: Settings,
  options: ChatSourceOptions,
): ChatSource {
  const { firstMs, idleMs, requireFinishReason, secrets } = settings
  // Not by the clock, which may be set while a model thinks.
  const startedAt = performance.now()
  const pass = createEventPass(options)
  let answered = asking.ask()
  let body: EventBody | undefined
  let outcome: 'done' | 'error' = 'error'
  let isOver = false
  let isCancelled = false
  let hasSpoken = false
  let hasTerminator = false
  const leave = open.stay()
  // It is waited for later; until then nobody hears of a failure.
  answered.catch(() => {})
  open.signal.addEventListener('abort', dropUnread, { once: true })

  /** What was answered and nobody has begun to read. */
  function dropUnread(): void {
    if (!body) answered.then(({ response }) => response.body?.cancel()).catch(() => {})
  }

  async function otherAnswer(withinMs: number): Promise<Answered | undefined> {
    try {
      const first = await within(answered, withinMs)
      if (!first || isEventStream(first.response)) return undefined
      end('error')
      return first
    } catch (error) {
      end('error')
      throw error
    }
  }

  async function read(): Promise<readonly string[] | undefined> {
    if (isOver) return undefined
    try {
      const events = hasTerminator ? undefined : await nextEvents()
      if (events) return events
      body?.letGo()
      const needsTerminator = options.addsTerminator && !hasTerminator && !pass.findings.hasError
      end(pass.findings.hasError ? 'error' : 'done')
      return needsTerminator ? [encodeSse({ data: '[DONE]' })] : undefined
    } catch (cause) {
      // What is wrong may be an event, and its connection still open.
      body?.cancel()
      if (isCancelled) {
        end('error')
        return undefined
      }
      const error = cause instanceof ProxyError ? cause : brokenOff()
      options.onFailure(cause instanceof RefusedLate ? 'provider-error' : error.code)
      end('error')
      return [cause instanceof RefusedLate ? cause.event : errorEvent(error)]
    }
  }

  /** Those worth sending on; nothing at the end of the reply. */
  async function nextEvents(): Promise<readonly string[] | undefined> {
    for (;;) {
      try {
        body ??= await openBody()
        const received = await body.next(patienceMs())
        const events = received && passOn(received)
        if (!events) {
          if (requireFinishReason && !pass.findings.hasEnding) throw brokenOff()
          return undefined
        }
        if (!hasSpoken && pass.findings.events > 0) {
          hasSpoken = true
          options.onFirstEvent()
        }
        if (events.length > 0) return events
        if (hasTerminator) return undefined
      } catch (error) {
        // One that came and could not be passed on is no reason to ask, and pay, for another reply.
        const hasCome = pass.findings.events > 0
        if (!body || hasCome || open.signal.aborted || !asking.canAskAgain) throw error
        body.cancel()
        body = undefined
        answered = asking.ask()
      }
    }
  }

  function passOn(received: readonly ServerSentEvent[]): string[] {
    const events: string[] = []
    for (const event of received) {
      hasTerminator ||= event.data === '[DONE]'
      const text = pass.push(event)
      if (text !== undefined) events.push(text)
    }
    return events
  }

  async function openBody(): Promise<EventBody> {
    const { response } = await answered
    if (isEventStream(response) && response.body)
      return readEventBody(response.body, open, (ms) => (ms === idleMs ? stalled(ms) : tooLateFirst(firstMs)))
    if (!response.ok) throw await refusedLate(response, secrets)
    return readWholeAsEvents(response, open, secrets)
  }

  /** How long to wait for the next bytes: before the first event no longer than is left for that. */
  function patienceMs(): number {
    return hasSpoken ? idleMs : Math.max(1, Math.min(idleMs, startedAt + firstMs - performance.now()))
  }

  function end(how: 'done' | 'error'): void {
    outcome = how
    isOver = true
    leave()
  }

  return {
    otherAnswer,
    read,
    cancel(reason) {
      if (isOver) return
      isCancelled = true
      open.abort(reason)
      // Somebody may be waiting in `read`, and ends it; where nobody is, nobody will.
      end('error')
    },
    get outcome() {
      return outcome
    },
    get findings() {
      return pass.findings
    },
  }
}

/** The upstream refused after the client was told that a stream begins. */
class RefusedLate extends Error {
  readonly event: string
  constructor(event: string) {
    super('The upstream refused.')
    this.event = event
  }
}

async function refusedLate(response: Response, secrets: readonly string[]): Promise<RefusedLate> {
  const { status } = response
  const said: unknown = JSON.parse((await readErrorText(response, secrets)) ?? 'null')
  const error = typeof said === 'object' && said !== null && 'error' in said ? said.error : said
  const message = typeof error === 'string' && error ? error : `The provider answered ${status}.`
  const details =
    typeof error === 'object' && error !== null
      ? error
      : { message, type: 'upstream_error', param: null, code: 'provider-error' }
  // The status that the answer can no longer have.
  return new RefusedLate(encodeSse({ data: JSON.stringify({ error: { ...details, status_code: status } }) }))
}

export function isEventStream({ ok, headers }: Response): boolean {
  return ok && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')
}

/** The value, or nothing where it takes longer. */
async function within<Value>(value: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<undefined>((resolve) => {
    if (ms !== Number.POSITIVE_INFINITY) timer = setTimeout(() => resolve(undefined), ms)
  })
  return Promise.race([value, timeout]).finally(() => clearTimeout(timer))
}

function stalled(ms: number): ProxyError {
  return new ProxyError(`The provider sent nothing for ${ms / 1000} s.`, { status: 504, code: 'stalled' })
}

function tooLateFirst(ms: number): ProxyError {
  return new ProxyError(`The provider said nothing within ${ms / 1000} s.`, {
    status: 504,
    code: 'first-token-timeout',
  })
}
