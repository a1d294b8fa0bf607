import { allMessages, findMessage, type Message } from '@millrace/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ChatWorld, createChatWorld, type Outcome, useWorldClock } from '../test-support/model/chat-world.ts'
import type { ScriptedRequest } from '../test-support/model/scripted-server.ts'
import type { ChatStore } from './chat.ts'

// More than any arrival takes from its bytes to the settled promise.
const longestTurns = 60
const said = 'Hello'

/** What comes from the server. */
const arrivals: Readonly<Record<string, (request: ScriptedRequest) => void>> = {
  'the headers': (request) => request.answer(),
  'the first words': (request) => request.emit({ type: 'text-delta', text: said }),
  'words and the end'(request) {
    request.emit({ type: 'text-delta', text: said })
    request.finish({ type: 'message-end', finishReason: 'stop' })
  },
  'words and a lost connection'(request) {
    request.emit({ type: 'text-delta', text: said })
    request.lose()
  },
  'a failure that is tried again': (request) => request.refuse(500),
  'a failure that is not': (request) => request.refuse(401),
  'a call of a tool'(request) {
    request.emit({ type: 'tool-call-start', toolCallId: 'call-1', toolName: 'auto' })
    request.finish({ type: 'message-end', finishReason: 'tool-calls' })
  },
}

/** What is done at that moment. All of it ends the reply, if it has not ended yet. */
const actions: Readonly<Record<string, (chat: ChatStore) => unknown>> = {
  stop: (chat) => chat.stop(),
  stopMessage: (chat) => chat.stopMessage(chat.getState().messages[1]?.id ?? ''),
  'a send that interrupts': (chat) => chat.sendMessage('No', { whenBusy: 'interrupt' }),
  regenerate: (chat) => chat.regenerate(),
  continueMessage: (chat) => chat.continueMessage(),
  retry: (chat) => chat.retry(),
  editMessage: (chat) => chat.editMessage(chat.getState().messages[0]?.id ?? '', 'Hey'),
  setMessages: (chat) => chat.setMessages([]),
  clearMessages: (chat) => chat.clearMessages(),
  stopAll: (chat) => chat.stopAll(),
}

const cases = Object.keys(arrivals).flatMap((arrival) =>
  Object.keys(actions).map((action) => [arrival, action] as const),
)

beforeEach(useWorldClock)
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const contentsOf = (chat: ChatStore) => allMessages(chat.getState()).map(({ content }) => content)

/** That the reply came to the same for whoever waited for it and for the state. */
function expectEnded(chat: ChatStore, { value }: Outcome<Message>): void {
  if (!value) throw new Error('The promise is still open.')
  expect(value.status).toBe('done')
  expect(said.startsWith(value.content)).toBe(true)
  const shown = findMessage(chat.getState(), value.id)
  // It may be gone, or go on.
  if (shown?.status === 'done') expect(shown).toBe(value)
}

function expectNothingLeft({ chat, server, waitingFrames, listeners }: ChatWorld): void {
  expect(server.open).toEqual([])
  expect([waitingFrames, listeners, vi.getTimerCount()], 'frames, listeners and timers').toEqual([0, 0, 0])
  expect(chat.getState()).toMatchObject({ replyIds: [], queue: [] })
  expect(allMessages(chat.getState()).every(({ status }) => status === 'done')).toBe(true)
}

it.each(cases)('with %s on their way, %s ends well in whatever turn it comes', async (arrival, action) => {
  for (let turns = 0; turns <= longestTurns; turns++) {
    const world = createChatWorld({ pace: 'frame', retryAttempts: 1 })
    const { chat, server } = world
    const first = world.watch(chat.sendMessage('Hi'))
    await world.settle()
    const [request] = server.takeRequests()
    if (request) arrivals[arrival]?.(request)
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    const second = world.watch(Promise.resolve(actions[action]?.(chat)))
    const contents = contentsOf(chat)
    await world.settle()
    expect(contentsOf(chat), 'nothing comes after').toEqual(contents)
    expectEnded(chat, first)
    expect(server.open).toHaveLength(chat.getState().replyIds.length)
    chat.stopAll()
    await world.settle()
    expectNothingLeft(world)
    expect([second.isSettled, second.error]).toEqual([true, undefined])
  }
})
