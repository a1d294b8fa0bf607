import { vi } from 'vitest'
import type { ChatOptions } from '../store/chat-options.ts'
import { memoryStorage } from '../store/storage.ts'
import { createThreads, type ThreadsOptions } from '../store/threads.ts'
import { manualChat, turn } from './manual-chat.ts'

const open: (() => void)[] = []

/** Leaves every page that was visited. */
export function closePages(): void {
  for (const close of open.splice(0)) close()
}

/** A page with the chat `a`, as it is before the saved thread was read. */
export function visit(storage = memoryStorage(), options: ChatOptions = {}, resume?: ThreadsOptions['resume']) {
  const threads = createThreads({ storage, ...(resume && { resume }) })
  const { chat, provider } = manualChat({ id: 'a', ...options })
  const leave = threads.connect(chat)
  open.push(leave)
  return { storage, threads, chat, provider, leave }
}

/** The same once it was read. Needs fake timers, as does the next. */
export async function openPage(...args: Parameters<typeof visit>) {
  const page = visit(...args)
  await turn()
  return page
}

/** The same in the middle of a reply. */
export async function askedPage(...args: Parameters<typeof visit>) {
  const page = await openPage(...args)
  const reply = page.chat.sendMessage('Hi')
  await turn()
  page.provider.say('Hel')
  await turn()
  return { ...page, reply }
}

/** The page that died still holds its locks in a test; nobody does once it is really gone. */
export function freeLocks(): void {
  const request = async (_name: string, ...rest: ((lock: object) => unknown)[]) => rest.at(-1)?.({})
  vi.stubGlobal('navigator', { locks: { request } })
}
