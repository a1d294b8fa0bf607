import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { manualChat, turn } from '../test-support/manual-chat.ts'
import { memoryStorage } from './storage.ts'
import { createThreads } from './threads.ts'

const thrown: unknown[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', undefined)
  const { queueMicrotask: later } = globalThis
  vi.stubGlobal('queueMicrotask', (task: () => void) =>
    later(() => {
      try {
        task()
      } catch (error) {
        thrown.push(error)
      }
    }),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('a question is saved though the thread could not be named when it was asked', async () => {
  const storage = memoryStorage()
  const threads = createThreads({
    storage,
    titleOf([, reply]) {
      if (!reply?.content) throw new TypeError('A mistake of the application.')
      return reply.content
    },
  })
  const { chat, provider } = manualChat({ id: 'a' })
  const disconnect = threads.connect(chat)
  await turn()
  void chat.sendMessage('Hi')
  await turn()
  expect(thrown).toContainEqual(expect.any(TypeError))
  provider.say('Hello')
  provider.finish('stop')
  await vi.advanceTimersByTimeAsync(1000)
  expect(await storage.load('a')).toHaveLength(2)
  expect(threads.getState().threads).toMatchObject([{ title: 'Hello' }])
  disconnect()
})
