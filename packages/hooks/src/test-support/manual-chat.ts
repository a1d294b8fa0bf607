import { createManualProvider, type ManualProvider } from '@millrace/testing'
import { vi } from 'vitest'
import type { ChatStore } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { createChat } from '../store/create-chat.ts'

/** Where nothing real answers: what a test forgets to script fails instead of leaving the machine. */
export const offlineOptions = { apiKey: 'test-key', baseURL: 'http://model.test/v1', model: 'test-model' } as const

export interface ManualChat {
  readonly chat: ChatStore
  readonly provider: ManualProvider
}

/** A chat whose replies the test writes by hand. Without retries, and with every chunk committed as it comes. */
export function manualChat(options: ChatOptions = {}): ManualChat {
  const provider = createManualProvider()
  const defaults: ChatOptions = { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk' }
  return { chat: createChat({ ...defaults, ...options }), provider }
}

/** Lets everything happen that waits for nothing but its turn. Needs fake timers. */
export async function turn(): Promise<void> {
  // An end, the next message of the queue and its request are a few turns of the event loop apart.
  for (let i = 0; i < 4; i++) await vi.advanceTimersByTimeAsync(0)
}

/** A chat in the middle of its reply. */
export async function replyingChat(text: string, options: ChatOptions = {}) {
  const { chat, provider } = manualChat(options)
  const reply = chat.sendMessage('Hi')
  await turn()
  provider.say(text)
  await turn()
  return { chat, provider, reply }
}

export const replyText = (chat: ChatStore) => chat.getState().messages.at(-1)?.content

/** What each message of the thread says. */
export const contents = (chat: ChatStore) => chat.getState().messages.map(({ content }) => content)

export const bodyOf = async (request: Request | undefined) => JSON.parse((await request?.clone().text()) ?? '')
