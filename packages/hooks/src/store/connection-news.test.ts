import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { offlineOptions } from '../test-support/manual-chat.ts'
import { createScriptedServer } from '../test-support/model/scripted-server.ts'
import { createChat } from './create-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('what was said of a connection is over with it, though another reply goes on', async () => {
  const server = createScriptedServer()
  const chat = createChat({ ...offlineOptions, fetch: server.fetch })
  void chat.sendMessage('Hi', { models: ['silent', 'talking'] })
  await vi.advanceTimersByTimeAsync(0)
  const [silent, talking] = server.open
  silent?.emit({ type: 'text-delta', text: 'Well' })
  for (let second = 0; second < 8; second++) {
    talking?.emit({ type: 'text-delta', text: 'word ' })
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect(chat.getState().stalledForMs).toBeGreaterThan(5000)
  chat.stopMessage(chat.getState().messages[1]?.id ?? '')
  expect(chat.getState()).toMatchObject({ status: 'streaming', stalledForMs: undefined })
  chat.stop()
})
