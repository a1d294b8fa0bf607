// @vitest-environment jsdom
import { createMessage, encodeMessage } from '@millrace/core'
import { act, render } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Chat } from '../store/chat.ts'
import { memoryStorage, type ThreadStorage } from '../store/storage.ts'
import { createThreads, type Threads } from '../store/threads.ts'
import { manualChat, offlineOptions, turn } from '../test-support/manual-chat.ts'
import { useStreamingChat } from './use-streaming-chat.ts'
import { useThreads } from './use-threads.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function savedStorage(): Promise<ThreadStorage> {
  const storage = memoryStorage()
  const message = createMessage({ role: 'user', content: 'Saved' })
  const json = JSON.stringify(encodeMessage(message))
  await storage.save({
    threads: [{ id: 'a', title: 'Kept', createdAt: 1, updatedAt: 1, shown: [] }],
    messages: [{ threadId: 'a', id: message.id, parentId: '', place: 0, json }],
  })
  return storage
}

const { provider } = manualChat()
let chat: Chat
let listed: ReturnType<typeof useThreads>

function Page({ threads, id = 'a' }: { readonly threads: Threads; readonly id?: string }) {
  listed = useThreads(threads)
  chat = useStreamingChat({
    ...offlineOptions,
    fetch: provider.fetch,
    pace: 'chunk',
    id,
    persist: threads,
    messages: [{ id: 'welcome', role: 'assistant', content: 'Welcome' }],
  })
  return (
    <main>
      <nav>{listed.threads.map(({ title }) => title).join()}</nav>
      <p>{chat.messages.map(({ content }) => content).join()}</p>
    </main>
  )
}

const html = (nav: string, text: string) => `<main><nav>${nav}</nav><p>${text}</p></main>`

it('renders on a server, and hydrates before it shows what is saved', async () => {
  const storage = await savedStorage()
  const container = document.createElement('div')
  container.innerHTML = renderToString(<Page threads={createThreads({ storage })} />)
  expect(container.innerHTML).toBe(html('', 'Welcome'))
  const root = await act(async () => hydrateRoot(container, <Page threads={createThreads({ storage })} />))
  await act(turn)
  expect(container.innerHTML).toBe(html('Kept', 'Saved'))
  act(() => root.unmount())
})

it('hydrates with a list that has been read elsewhere on the page', async () => {
  const threads = createThreads({ storage: await savedStorage() })
  const container = document.createElement('div')
  container.innerHTML = renderToString(<Page threads={threads} />)
  const leave = threads.subscribe(() => {})
  await turn()
  const root = await act(async () => hydrateRoot(container, <Page threads={threads} />))
  await act(turn)
  expect(container.innerHTML).toBe(html('Kept', 'Saved'))
  act(() => root.unmount())
  leave()
})

it('shows and saves each thread once in StrictMode', async () => {
  const storage = await savedStorage()
  const { container, unmount } = render(
    <StrictMode>
      <Page threads={createThreads({ storage })} />
    </StrictMode>,
  )
  await act(turn)
  const before = provider.requests.length
  void act(() => void chat.sendMessage('Hi'))
  await act(turn)
  await act(async () => provider.say('Hello'))
  await act(turn)
  expect(container.innerHTML).toBe(html('Kept', 'Saved,Hi,Hello'))
  expect(provider.requests.length).toBe(before + 1)
  unmount()
  await turn()
  expect(await storage.load('a')).toHaveLength(3)
})

it('leaves a thread with its reply stopped and saved, and comes back to it', async () => {
  const storage = await savedStorage()
  const threads = createThreads({ storage })
  const { container, rerender, unmount } = render(<Page threads={threads} />)
  await act(turn)
  act(() => void chat.sendMessage('Hi'))
  await act(turn)
  await act(async () => provider.say('Hel'))
  await act(turn)
  rerender(<Page threads={threads} id="b" />)
  await act(turn)
  expect(container.innerHTML).toBe(html('Kept', 'Welcome'))
  rerender(<Page threads={threads} />)
  await act(turn)
  expect(container.innerHTML).toBe(html('Kept', 'Saved,Hi,Hel'))
  expect(chat.messages.at(-1)?.finishReason).toBe('aborted')
  unmount()
})

it('follows the list, and changes it', async () => {
  const threads = createThreads({ storage: memoryStorage() })
  const { container, unmount } = render(<Page threads={threads} />)
  await act(turn)
  act(() => void listed.create({ title: 'New' }))
  expect(container.querySelector('nav')?.textContent).toBe('New')
  act(() => void listed.remove(listed.selectedId ?? ''))
  expect(container.querySelector('nav')?.textContent).toBe('')
  unmount()
})
