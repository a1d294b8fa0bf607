import { badRequest, errorResponse } from '../errors.ts'
import type { ReplySource, ReplyStream, ReplyStreams } from '../log/reply-streams.ts'
import { clientLeft } from '../open-requests.ts'
import { eventStreamBody } from './event-stream-body.ts'

/** Streams that nobody keeps: each goes to the client that asked for it, and ends when that leaves. */
export function createDirectStreams(heartbeatMs: number): ReplyStreams {
  async function gone(): Promise<Response> {
    return errorResponse(badRequest(404, 'not-found', 'There is no such stream.'))
  }
  return {
    begin: async () => createDirectStream(heartbeatMs),
    resume: gone,
    cancel: gone,
    remove: gone,
    close: async () => {},
  }
}

function createDirectStream(heartbeatMs: number): ReplyStream {
  const streamId = crypto.randomUUID()
  return {
    async answer(source, headers, client) {
      const leave = () => source.cancel(clientLeft())
      if (client.aborted) leave()
      client.addEventListener('abort', leave, { once: true })
      const read = numbered(source, client, () => client.removeEventListener('abort', leave))
      return new Response(eventStreamBody({ streamId, read, heartbeatMs, onCancel: leave }), { headers })
    },
    abandon: () => {},
  }
}

function numbered(source: ReplySource, client: AbortSignal, onEnd: () => void) {
  let seq = 1
  return async () => {
    const events = await source.read()
    if (!events) {
      onEnd()
      // Nobody is there to read how it ends; if somebody is all the same, it must not look whole.
      if (client.aborted) throw clientLeft()
      return undefined
    }
    const first = seq
    seq += events.length
    return { seq: first, events }
  }
}
