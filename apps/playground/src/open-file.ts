import type { Thread, ThreadLabels } from '@millrace/core'
import { createChat, type Threads } from '@millrace/hooks'

/** Saves a thread from a file as one of its own, and opens it. */
export function openFile(threads: Threads, thread: Thread & ThreadLabels): void {
  const id = threads.create({ title: thread.title ?? '' })
  const chat = createChat({ id })
  const disconnect = threads.connect(chat)
  chat.setThread(thread)
  disconnect()
}
