import { type ChatStore, createChat, createThreads, indexedDBStorage, type Threads } from '@millrace/hooks/store'

declare global {
  interface Window {
    chat: ChatStore
    threads: Threads
  }
}

// `?thread=…&provider=…`
const search = new URLSearchParams(location.search)
const threads = createThreads({ storage: indexedDBStorage({ name: 'e2e' }) })
const chat = createChat({
  id: search.get('thread') ?? 'thread',
  baseURL: search.get('provider') ?? '',
  apiKey: 'test-key',
  model: 'test-model',
})
threads.subscribe(() => {})
threads.connect(chat)
Object.assign(window, { chat, threads })
