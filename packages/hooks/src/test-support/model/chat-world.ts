import type { Message, ToolCallPart } from '@millrace/core'
import { vi } from 'vitest'
import type { ChatStore } from '../../store/chat.ts'
import type { Pace } from '../../store/chat-options.ts'
import { createChat } from '../../store/create-chat.ts'
import { tool } from '../../store/tool.ts'
import { offlineOptions } from '../manual-chat.ts'
import { maxSteps } from './chat-model.ts'
import { createScriptedServer, type ScriptedServer } from './scripted-server.ts'

/** Long before any of them, and long after: nothing in between is ever waited for. */
export const silenceMs = 20_000

/** What a promise of the chat has come to. */
export interface Outcome<Value> {
  isSettled: boolean
  value?: Value
  error?: unknown
}

/** The chat itself, with all that happens around it: the server, the clock, the screen and the network. */
export interface ChatWorld {
  readonly chat: ChatStore
  readonly server: ScriptedServer
  readonly pace: Pace
  isHidden: boolean
  /** How often the chat has told of a change. */
  readonly commits: number
  /** The ids of the replies that have ended, in that order. */
  readonly finished: readonly string[]
  readonly failed: number
  /** Whoever waits for the network to come back. */
  readonly listeners: number
  readonly waitingFrames: number
  /** Notes what a promise comes to, which nobody else has to wait for. */
  watch<Value>(promise: Promise<Value>): Outcome<Value>
  /** Lets everything happen that waits for nothing but its turn. */
  settle(): Promise<void>
  /** Shows a frame, if anybody is looking. */
  frame(): void
  advance(ms: number): Promise<void>
  setOnline(isOnline: boolean): void
}

/** What the chat may be told to be. */
export interface WorldOptions {
  readonly pace: Pace
  readonly retryAttempts: number
}

// The real one: the clock of the test stands still.
const nextTurn = globalThis.setImmediate

/** Needs the fake clock of `useWorldClock`. */
export function createChatWorld({ pace, retryAttempts }: WorldOptions): ChatWorld {
  const server = createScriptedServer()
  const frames = new Map<number, FrameRequestCallback>()
  const network = new EventTarget()
  let frameCount = 0
  let listeners = 0
  let commits = 0
  const finished: string[] = []
  let failed = 0
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frames.set(++frameCount, callback)
    return frameCount
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    listeners++
    network.addEventListener(type, listener)
  })
  vi.stubGlobal('removeEventListener', (type: string, listener: () => void) => {
    listeners--
    network.removeEventListener(type, listener)
  })
  vi.stubGlobal('navigator', { onLine: true })

  const echo = (input: unknown) => input
  const chat = createChat({
    ...offlineOptions,
    model: 'default-model',
    fetch: server.fetch,
    pace,
    retry: { attempts: retryAttempts },
    timeouts: { connectMs: silenceMs, firstTokenMs: silenceMs, stallMs: silenceMs },
    maxSteps,
    tools: {
      auto: tool({ execute: echo }),
      ask: tool({}),
      careful: tool({ execute: echo, needsApproval: true }),
      broken: tool({
        execute() {
          throw new Error('It is broken.')
        },
      }),
    },
    onFinish: ({ message }) => finished.push(message.id),
    onError: () => failed++,
  })
  chat.subscribe(() => commits++)

  const world: ChatWorld = {
    chat,
    server,
    pace,
    isHidden: false,
    get commits() {
      return commits
    },
    finished,
    get failed() {
      return failed
    },
    get listeners() {
      return listeners
    },
    get waitingFrames() {
      return frames.size
    },
    watch<Value>(promise: Promise<Value>) {
      const outcome: Outcome<Value> = { isSettled: false }
      promise.then(
        (value) => Object.assign(outcome, { isSettled: true, value }),
        (error: unknown) => Object.assign(outcome, { isSettled: true, error }),
      )
      return outcome
    },
    settle: () => new Promise((resolve) => nextTurn(resolve)),
    frame() {
      if (world.isHidden) return
      const due = [...frames.values()]
      frames.clear()
      for (const callback of due) callback(0)
    },
    async advance(ms) {
      // In steps, so that what a timer starts can begin before the next one is due.
      for (let left = ms; left > 0; left -= 250) {
        vi.advanceTimersByTime(Math.min(left, 250))
        await world.settle()
      }
    },
    setOnline(isOnline) {
      vi.stubGlobal('navigator', { onLine: isOnline })
      server.isReachable = isOnline
      if (isOnline) network.dispatchEvent(new Event('online'))
    },
  }
  return world
}

/**
 * Stops the clock: all but the turns of the event loop, which take no time. And leaves little to chance: ids still differ,
 * but whoever failed first is the first to try again.
 */
export function useWorldClock(): void {
  let draws = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  vi.stubGlobal('Math', Object.create(Math, { random: { value: () => 0.5 + ++draws * 1e-9 } }))
}

export function findCall(message: Message | undefined, callId: string): ToolCallPart | undefined {
  return message?.parts.find((part): part is ToolCallPart => part.type === 'tool-call' && part.toolCallId === callId)
}
