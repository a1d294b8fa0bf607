import { errorResponse, toProxyError } from '../errors.ts'
import { eventStreamBody, type NumberedEvents } from '../reply/event-stream-body.ts'
import { eventStreamHeaders } from '../response-headers.ts'
import { createGeneration, type Generation } from './generation.ts'
import { badCursor, logUnavailable, noLongerKept, noSuchStream, stopped } from './kept-errors.ts'
import type { ReplyStream, ReplyStreams } from './reply-streams.ts'
import { isStreamId, newStreamId, readCursor, streamIdOf } from './stream-id.ts'
import { LogUnavailable, type StreamInfo, type StreamLog, type StreamWriter } from './stream-log.ts'

export interface KeptStreamsOptions {
  readonly log: StreamLog
  readonly heartbeatMs: number
  /** How long a reply goes on with nobody reading. 0 ends it when its client leaves. */
  readonly detachGraceMs: number
}

// A log that does not answer within that time does not hold up the first byte: the stream is not kept.
const openWithinMs = 300

/** Streams that can be resumed and stopped, for as long as the log keeps them, wherever its replicas are. */
export function createKeptStreams({ log, heartbeatMs, detachGraceMs }: KeptStreamsOptions): ReplyStreams {
  const generations = new Set<Generation>()
  const closing = new AbortController()

  async function begin(owner: string, idempotencyKey?: string | null): Promise<ReplyStream | Response> {
    const streamId = idempotencyKey ? await streamIdOf(owner, idempotencyKey) : newStreamId()
    const generation = createGeneration(detachGraceMs, () => generations.delete(generation))
    let isTaken = false
    const opening = log
      .open({ streamId, owner, onCancel: () => generation.stop(stopped()), onLost: generation.lose })
      .then((writer) => {
        isTaken = !writer
        return writer
      })
      // Where it cannot be kept it is still a reply.
      .catch(() => undefined)
    if (idempotencyKey) {
      await opening
      if (isTaken) return follow(streamId, 0)
    }
    return {
      answer: async (source, headers, client) => {
        const writer = await within(opening, openWithinMs)
        if (writer) headers.set('x-stream-id', streamId)
        generation.start(source, writer)
        generations.add(generation)
        const leave = () => {
          client.removeEventListener('abort', leave)
          generation.leave()
        }
        client.addEventListener('abort', leave)
        if (client.aborted) leave()
        return new Response(eventStreamBody({ streamId, read: generation.read, heartbeatMs, onCancel: leave }), {
          headers,
        })
      },
      abandon() {
        opening
          .then(async (writer) => {
            await writer?.finish('cancelled')
            if (writer) await log.remove(streamId)
          })
          .catch(() => {})
      },
    }
  }

  function follow(streamId: string, after: number): Response {
    const reader = new AbortController()
    const leave = () => {
      closing.signal.removeEventListener('abort', leave)
      reader.abort()
      // One that is not waiting does not hear the signal.
      following.return?.().catch(() => {})
    }
    closing.signal.addEventListener('abort', leave)
    const following = log.follow(streamId, after, reader.signal)[Symbol.asyncIterator]()

    async function read(): Promise<NumberedEvents | undefined> {
      let isOver = true
      try {
        const next = await following.next()
        isOver = next.done === true
        if (!next.done) return next.value
        // A stream that is not over does not look as if it were: who reads it can go on elsewhere.
        if (closing.signal.aborted) throw logUnavailable()
        return undefined
      } finally {
        if (isOver) leave()
      }
    }

    const headers = eventStreamHeaders()
    headers.set('x-stream-id', streamId)
    return new Response(eventStreamBody({ streamId, read, heartbeatMs, onCancel: leave }), { headers })
  }

  /** @throws {ProxyError} for a stream that is not there, or another's. */
  async function find(streamId: string, owner: string): Promise<StreamInfo> {
    const info = isStreamId(streamId) ? await log.find(streamId) : undefined
    if (!info || info.owner !== owner) throw noSuchStream()
    return info
  }

  return {
    begin,
    resume: answering(async (request: Request, streamId: string, owner: string) => {
      const { state, lastSeq } = await find(streamId, owner)
      const after = readCursor(request, streamId)
      if (after === undefined) throw badCursor()
      if (state === 'overflow') throw noLongerKept()
      const isOver = state !== 'live' && state !== 'cancelling'
      return isOver && after >= lastSeq ? new Response(null, { status: 204 }) : follow(streamId, after)
    }),
    cancel: answering(async (streamId: string, owner: string) => {
      await find(streamId, owner)
      const state = await log.cancel(streamId)
      if (!state) throw noSuchStream()
      return Response.json({ id: streamId, state }, { headers: { 'cache-control': 'no-store' } })
    }),
    remove: answering(async (streamId: string, owner: string) => {
      await find(streamId, owner)
      await log.cancel(streamId)
      await log.remove(streamId)
      return new Response(null, { status: 204 })
    }),
    async close() {
      closing.abort()
      await Promise.all([...generations].map((generation) => generation.hurry()))
      await log.close()
    },
  }
}

/** What throws answers with what was thrown. */
function answering<Args extends unknown[]>(
  answer: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return (...args) =>
    answer(...args).catch((error: unknown) =>
      errorResponse(error instanceof LogUnavailable ? logUnavailable() : toProxyError(error)),
    )
}

/** What is not there in time is let go when it comes. */
async function within(opening: Promise<StreamWriter | undefined>, ms: number): Promise<StreamWriter | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLate = false
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      isLate = true
      resolve(undefined)
    }, ms)
  })
  void opening.then((writer) => void (isLate && writer?.finish('cancelled')))
  const writer = await Promise.race([opening, late])
  clearTimeout(timer)
  return writer
}
