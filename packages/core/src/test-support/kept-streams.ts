import { vi } from 'vitest'
import type { TransportOptions } from '../transport/options.ts'
import { resumable } from '../transport/resumable.ts'
import { scriptedBody } from './bytes.ts'
import { done, finish, say } from './openai-chat-events.ts'
import {
  type Answer,
  baseURL,
  type RunningReply,
  type ScriptedFetch,
  scriptedFetch,
  startReply,
  streams,
} from './scripted-fetch.ts'

export const streamURL = `${baseURL}/streams/s1`

/** Events as a server numbers them, the first as told. */
export function numbered(first: number, ...events: readonly string[]): string {
  return events.map((text, index) => `id: s1:${first + index}\n${text}`).join('')
}

/** A body that says this and then breaks; where `closes`, it ends as if that were all. */
export function cut(text: string, { closes = false, headers = { 'x-stream-id': 's1' } as HeadersInit } = {}): Answer {
  return () => {
    const body = scriptedBody()
    body.send(text)
    setTimeout(() => (closes ? body.close() : body.breakOff()), 10)
    return new Response(body.stream, { headers })
  }
}

/** The first half of a reply, and the rest of it. */
export const begin = cut(numbered(1, say('One, '), say('two, ')))
export const rest = streams(numbered(3, say('three.'), finish(), done))
/** What both make together. */
export const whole = { content: 'One, two, three.', finishReason: 'stop' }

/** A stream that says one thing and then nothing, until its request is aborted. */
export const stalling: Answer = ({ signal }) => {
  const body = scriptedBody()
  body.send(numbered(1, say('One, '), say('two, ')))
  signal.addEventListener('abort', () => body.breakOff(signal.reason))
  return new Response(body.stream, { headers: { 'x-stream-id': 's1' } })
}

export function start({ fetch }: ScriptedFetch, options: Partial<TransportOptions> = {}): RunningReply {
  return startReply(fetch, { resume: resumable(), ...options })
}

/** What became of a reply that was answered so. Needs fake timers. */
export async function outcome(answers: readonly Answer[], options: Partial<TransportOptions> = {}) {
  const scripted = scriptedFetch(...answers)
  const reply = start(scripted, options)
  await vi.runAllTimersAsync()
  return { message: await reply.finished, sent: scripted.sent, progress: reply.progress }
}

export function headerOf(init: RequestInit | undefined, name: string): string | null {
  return new Headers(init?.headers).get(name)
}
