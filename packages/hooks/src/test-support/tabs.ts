import type { ManualProvider } from '@millrace/testing'
import { vi } from 'vitest'
import type { ChatStore } from '../store/chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import type { ThreadStorage } from '../store/storage.ts'
import { createThreads, type Threads, type ThreadsOptions } from '../store/threads.ts'
import { manualChat } from './manual-chat.ts'

/** Posts arrive a little later, as between real tabs, and in order. Needs fake timers. */
class FakeChannel {
  static readonly all = new Set<FakeChannel>()
  private readonly listeners = new Set<(event: { data: unknown }) => void>()
  readonly name: string
  constructor(name: string) {
    this.name = name
    FakeChannel.all.add(this)
  }
  addEventListener(_type: string, listener: (event: { data: unknown }) => void): void {
    this.listeners.add(listener)
  }
  postMessage(data: unknown): void {
    const copy = structuredClone(data)
    for (const other of FakeChannel.all)
      if (other !== this && other.name === this.name && FakeChannel.all.has(this))
        setTimeout(() => FakeChannel.all.has(other) && other.receive(copy), 1)
  }
  close(): void {
    FakeChannel.all.delete(this)
  }
  private receive(data: unknown): void {
    for (const listener of this.listeners) listener({ data })
  }
}

/** Tabs without Web Locks: that one is gone is known by its silence. */
export function stubTabs(): void {
  vi.stubGlobal('BroadcastChannel', FakeChannel)
  vi.stubGlobal('navigator', {})
}

export interface Tab {
  readonly chat: ChatStore
  readonly provider: ManualProvider
  readonly threads: Threads
  /** As by navigating away within the page. */
  close(): void
  /** It says nothing any more, and saves nothing. */
  crash(): void
}

/** A tab with the chat `a`. */
export function openTab(storage: ThreadStorage, options: ChatOptions = {}, resume?: ThreadsOptions['resume']): Tab {
  let isDead = false
  const threads = createThreads({
    storage: { ...storage, save: (changes) => (isDead ? Promise.resolve() : storage.save(changes)) },
    ...(resume && { resume }),
  })
  const before = new Set(FakeChannel.all)
  const { chat, provider } = manualChat({ id: 'a', ...options })
  const close = threads.connect(chat)
  const channels = [...FakeChannel.all].filter((channel) => !before.has(channel))
  return {
    chat,
    provider,
    threads,
    close,
    crash() {
      isDead = true
      for (const channel of channels) channel.close()
    },
  }
}
