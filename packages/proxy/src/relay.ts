import { concatBytes } from './bytes.ts'
import { errorEvent, ProxyError } from './errors.ts'
import { createEventStreamGuard } from './event-stream-guard.ts'
import { clientLeft, type OpenRequest } from './open-requests.ts'
import type { Settings } from './options.ts'
import { createRedactor } from './redact.ts'
import { answerHeaders } from './response-headers.ts'

/** What is done to the bytes of a body on their way through. */
interface Passage {
  push(bytes: Uint8Array): Uint8Array
  /** The last bytes of a body that closed. Throws where that was not its end. */
  end(): Uint8Array
  /** The last bytes of a body that broke off, where it can still say so itself. */
  breakOff(error: ProxyError): Uint8Array | undefined
}

/**
 * Passes an upstream's answer on as it arrives. Nothing is read that the client has not asked for; a client that
 * leaves ends the upstream's work; and a body that breaks off never looks like one that is whole.
 */
export function relay(upstream: Response, open: OpenRequest, settings: Settings): Response {
  const headers = answerHeaders(upstream.headers, settings.secrets)
  if (!upstream.body) return new Response(null, { status: upstream.status, headers })
  const isEventStream = /^text\/event-stream\b/i.test(upstream.headers.get('content-type') ?? '')
  const passage = isEventStream ? eventStreamPassage(settings) : plainPassage(settings)
  return new Response(relayBody(upstream.body, open, passage, settings.idleMs), { status: upstream.status, headers })
}

function relayBody(
  body: ReadableStream<Uint8Array>,
  open: OpenRequest,
  passage: Passage,
  idleMs: number,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const leave = open.stay()

  /** Ends the read that is waiting, also where the body itself does not heed the signal it was asked with. */
  function onAbort(): void {
    reader.cancel(open.signal.reason).catch(() => {})
    leave()
  }
  open.signal.addEventListener('abort', onAbort, { once: true })
  if (open.signal.aborted) onAbort()

  /** The next bytes worth sending on; nothing at the end of the body. */
  async function nextBytes(): Promise<Uint8Array | undefined> {
    for (;;) {
      const timer = setTimeout(() => open.abort(stalled(idleMs)), idleMs)
      const { value } = await reader.read().finally(() => clearTimeout(timer))
      if (open.signal.aborted) throw open.signal.reason
      if (!value) return undefined
      const bytes = passage.push(value)
      if (bytes.length > 0) return bytes
    }
  }

  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const bytes = await nextBytes()
          if (bytes) return controller.enqueue(bytes)
          const rest = passage.end()
          if (rest.length > 0) controller.enqueue(rest)
        } catch (cause) {
          leave()
          const error = cause instanceof ProxyError ? cause : brokenOff()
          const lastWords = passage.breakOff(error)
          if (!lastWords) return controller.error(error)
          controller.enqueue(lastWords)
        }
        leave()
        controller.close()
      },
      cancel: () => open.abort(clientLeft()),
    },
    // No reading ahead: a client that pauses pauses the upstream.
    { highWaterMark: 0 },
  )
}

function plainPassage({ secrets }: Settings): Passage {
  const redactor = createRedactor(secrets)
  return { push: redactor.push, end: redactor.end, breakOff: () => undefined }
}

function eventStreamPassage({ secrets, requireFinishReason }: Settings): Passage {
  const guard = createEventStreamGuard()
  const redactor = createRedactor(secrets)
  return {
    push: (bytes) => redactor.push(guard.push(bytes)),
    end() {
      const rest = redactor.push(guard.end())
      if (requireFinishReason && !guard.hasEnding) throw brokenOff()
      return concatBytes(rest, redactor.end())
    },
    breakOff(error) {
      const isLost = guard.isInsideLine || error.code === 'aborted'
      return isLost ? undefined : new TextEncoder().encode(errorEvent(error))
    },
  }
}

function brokenOff(): ProxyError {
  return new ProxyError('The connection to the provider closed before the reply was finished.', {
    status: 502,
    code: 'incomplete',
  })
}

function stalled(ms: number): ProxyError {
  return new ProxyError(`The provider sent nothing for ${ms / 1000} s.`, { status: 504, code: 'stalled' })
}
