import { isToken } from '../chunk.ts'
import { ChatError } from '../errors.ts'
import type { ServerSentEvent } from '../sse/decode-sse.ts'
import type { WireDecoder } from '../wire/wire-format.ts'
import { backOffMs, longestWaitMs, waitToRetry } from './delay.ts'
import type { Resume } from './link.ts'
import type { TransportOptions } from './options.ts'

export interface ResumeOptions {
  /**
   * Where the server keeps the stream that an event belongs to: a GET goes on after the event in `last-event-id`, a POST
   * to the same with `/cancel` at its end stops it. Default: `/streams/<stream>` under the base URL, for events with
   * ids like `<stream>:<number>`. Given, it says of a server without `x-stream-id` that it keeps its streams too.
   */
  readonly url?: (eventId: string) => string
  /** How often to try in a row while nothing new comes. Default 5; 0 for never. */
  readonly attempts?: number
}

/**
 * Takes a lost connection up again after the last whole event, without gap or repetition. A server says that it keeps
 * its streams with the header `x-stream-id`. It is told to stop when the reply is.
 */
export function resumable({ attempts = 5, url }: ResumeOptions = {}): Resume {
  return async function* resume({ wire, baseURL, headers, connect, read }, options) {
    const { signal, onProgress, resumeFrom, fetch = globalThis.fetch } = options
    const streamURL = url ?? ((eventId) => `${baseURL}/streams/${encodeURIComponent(eventId.replace(/:\d+$/, ''))}`)
    const decoder = wire.createDecoder(options)
    // After which event the server can go on; undefined where it cannot.
    let eventId = resumeFrom
    let lastEventId = ''
    let hasToken = false
    let fruitless = 0
    let lost: Parameters<WireDecoder['end']>[0] = { cause: undefined }
    // The end of one body may not be the end of the reply.
    const bodyDecoder: WireDecoder = {
      push: (bytes) => decoder.push(bytes),
      end(cut) {
        lost = cut
        return []
      },
    }

    async function cancel(): Promise<void> {
      if (!eventId || signal?.reason === 'disconnect') return
      try {
        await fetch(`${streamURL(eventId)}/cancel`, { method: 'POST', headers })
      } catch {
        // Whether the server hears of it changes nothing here.
      }
    }

    signal?.addEventListener('abort', cancel)
    try {
      while (!signal?.aborted) {
        const after = eventId
        const answer = after
          ? await connect({ headers: { ...headers, 'last-event-id': after } }, streamURL(after))
          : await connect()
        if (signal?.aborted) break
        const refusal = answer instanceof ChatError ? answer : undefined
        if (answer instanceof ChatError) {
          if (!after) return yield decoder.end({ cause: answer })
          // The stream had ended there.
          if (answer.status === 204) return yield decoder.end()
        } else {
          const streamId = answer.headers.get('x-stream-id')
          const start = streamId ? `${streamId}:0` : undefined
          if (start && !after) onProgress?.({ resumeFrom: start })
          eventId ??= start
          decoder.restart?.((event) => {
            const isNew = isAfter(event, after)
            if (isNew) lastEventId = event.id
            return isNew
          })
          for await (const chunks of read(answer, bodyDecoder)) {
            if (chunks.length > 0) fruitless = 0
            hasToken ||= chunks.some(isToken)
            yield chunks
            if (chunks.at(-1)?.type === 'message-end') return
          }
          if (eventId || url) eventId = lastEventId || (hasToken ? undefined : eventId)
        }
        const waitMs = eventId && fruitless++ < attempts ? delayMs(refusal, fruitless) : undefined
        if (waitMs === undefined) return yield decoder.end(lost)
        await waitOnline(waitMs, options)
      }
      yield [{ type: 'message-end', finishReason: 'aborted' }]
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
}

/** A server may go on a little before the place it was asked for. Ids that are no `<stream>:<number>` have no order. */
function isAfter({ id }: ServerSentEvent, after = ''): boolean {
  return !(placeOf(id) <= placeOf(after))
}

function placeOf(eventId: string): number {
  return Number(/:(\d{1,15})$/.exec(eventId)?.[1])
}

/** @param refusal Nothing for a connection that was there and broke. */
function delayMs(refusal: ChatError | undefined, attempt: number): number | undefined {
  if (refusal?.code === 'offline') return longestWaitMs
  return refusal?.retryable === false ? undefined : backOffMs(attempt, refusal?.retryAfterMs)
}

/** Waits: less long where the network is back. */
async function waitOnline(waitMs: number, { signal, onProgress }: TransportOptions): Promise<void> {
  const online = new AbortController()
  const wake = () => online.abort()
  // Not every platform has it.
  globalThis.addEventListener?.('online', wake)
  await waitToRetry(waitMs, { onProgress, signal: AbortSignal.any([online.signal, ...(signal ? [signal] : [])]) })
  globalThis.removeEventListener?.('online', wake)
}
