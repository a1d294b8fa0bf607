import { expect } from 'vitest'
import { eventStreamHeaders } from '../../response-headers.ts'
import { pieces } from '../../test-support/scripted-upstream.ts'
import { createKeptStreams } from '../kept-streams.ts'
import { memoryLog } from '../memory-log.ts'
import type { ReplyStream } from '../reply-streams.ts'
import type { StreamLog } from '../stream-log.ts'
import { events } from './log-contract.ts'
import { scriptedSource } from './scripted-source.ts'

export const heartbeatMs = 15_000
export const detachGraceMs = 60_000
export const nobody = new AbortController().signal

/** Streams kept in a log, and those who ask for them. */
export function setUp(log: StreamLog = memoryLog(), graceMs = detachGraceMs) {
  const streams = createKeptStreams({ log, heartbeatMs, detachGraceMs: graceMs })

  async function begin(owner = '', key?: string): Promise<ReplyStream> {
    const reply = await streams.begin(owner, key)
    if (reply instanceof Response) throw new Error('There is such a stream already.')
    return reply
  }

  /** A reply that has begun, and the client that reads it. */
  async function reply(client: AbortSignal = nobody, owner = '') {
    const source = scriptedSource()
    const response = await (await begin(owner)).answer(source, eventStreamHeaders(), client)
    const id = response.headers.get('x-stream-id') ?? ''
    const received = pieces(response)
    expect(await received.next()).toBe(': ok\n\n')
    return { source, response, received, id }
  }

  function resume(id: string, lastEventId?: string, owner = ''): Promise<Response> {
    const headers: HeadersInit = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
    return streams.resume(new Request(`http://localhost/v1/streams/${id}`, { headers }), id, owner)
  }

  return { streams, begin, reply, resume, log }
}

/** Events as a client gets them. */
export function withIds(id: string, first: number, last: number): string {
  return events(first, last)
    .map((text, index) => `id: ${id}:${first + index}\n${text}`)
    .join('')
}

/** All that was said, behind the greeting. */
export async function textOf(response: Response): Promise<string> {
  return (await response.text()).replace(/^: ok\n\n/, '')
}
