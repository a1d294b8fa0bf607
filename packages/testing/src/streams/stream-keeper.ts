import type { Cut } from '../body/cut.ts'
import type { Frame } from '../body/frame.ts'
import type { Pace } from '../body/pace.ts'
import type { WireEncoder } from '../encoders/wire-encoder.ts'
import { errorResponse } from '../endpoints/endpoint.ts'
import type { Fault } from '../faults/fault.ts'
import type { Recording } from '../recorded-request.ts'
import { follow } from './follow.ts'
import { type KeptStream, keepStream } from './kept-stream.ts'

export interface KeeperOptions {
  /** How many events before the place it is asked for a stream goes on. Default 0; more is a sloppy server. */
  readonly repeats?: number | undefined
  readonly cut?: Cut | undefined
  /** How many streams are kept; the oldest are forgotten. */
  readonly maxStreams: number
}

/** One connection: which request asked for it, and what goes wrong with it. */
export interface StreamConnection {
  readonly recording: Recording
  readonly fault: Fault | undefined
  readonly signal: AbortSignal | undefined
}

/** Keeps what it streams, in memory, and gives it again to who lost it. */
export interface StreamKeeper {
  /** Spells events with their ids. */
  withIds(encoder: WireEncoder, streamId: string): WireEncoder
  begin(
    streamId: string,
    frames: readonly Frame[],
    pace: Pace | undefined,
    headers: HeadersInit,
    connection: StreamConnection,
  ): Response
  /** A stream again, after the event in `last-event-id` or from its start. */
  resume(streamId: string, connection: StreamConnection): Response
  cancel(streamId: string): Response
}

export function createStreamKeeper({ repeats = 0, cut, maxStreams }: KeeperOptions): StreamKeeper {
  const streams = new Map<string, KeptStream>()

  function respond(stream: KeptStream, from: number, headers: HeadersInit, connection: StreamConnection): Response {
    const { recording, fault, signal } = connection
    const body = follow(stream, { from, fault, cut, signal, onEnd: recording.settle })
    const response = new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } })
    response.headers.set('x-stream-id', stream.id)
    return response
  }

  return {
    withIds(encoder, streamId) {
      let count = 0
      const numbered = (event: string) => `id: ${streamId}:${++count}\n${event}`
      return {
        push: (chunk) => encoder.push(chunk).map(numbered),
        end: () => encoder.end().map(numbered),
      }
    },
    begin(streamId, frames, pace, headers, connection) {
      const stream = keepStream(streamId, frames, pace)
      streams.set(streamId, stream)
      const [oldest] = streams.keys()
      if (streams.size > maxStreams && oldest) streams.delete(oldest)
      return respond(stream, 0, headers, connection)
    },
    resume(streamId, connection) {
      const { recording } = connection
      const stream = streams.get(streamId)
      const eventId = recording.request.headers.get('last-event-id') ?? `${streamId}:0`
      const place = stream && placeAfter(stream, eventId)
      if (stream && place !== undefined && (!stream.isOver || place < stream.length))
        return respond(stream, Math.max(0, place - repeats), {}, connection)
      recording.settle('sent')
      return place === undefined ? unknownStream() : new Response(null, { status: 204 })
    },
    cancel(streamId) {
      const stream = streams.get(streamId)
      stream?.cancel()
      return stream ? Response.json({ id: streamId }) : unknownStream()
    },
  }
}

/** How many frames there are up to that event; undefined where it is none of this stream. */
function placeAfter(stream: KeptStream, eventId: string): number | undefined {
  if (eventId === `${stream.id}:0`) return 0
  const start = new TextEncoder().encode(`id: ${eventId}\n`)
  const index = stream.frames.findIndex(({ bytes }) => start.every((byte, at) => bytes[at] === byte))
  return index === -1 ? undefined : index + 1
}

function unknownStream(): Response {
  const error = { message: 'There is no such stream.', type: 'invalid_request_error', code: 'stream_not_found' }
  return errorResponse(404, { error: { ...error, param: null } })
}
