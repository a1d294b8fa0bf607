// @vitest-environment jsdom
import { createMessage, encodeMessage } from '@millrace/core'
import { createThreads, memoryStorage, type ThreadStorage, type Threads } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { ThreadList, type ThreadListProps } from './thread-list.tsx'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 10, 25, 12) })
  vi.stubGlobal('BroadcastChannel', undefined)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const dayMs = 86_400_000
const turn = () => act(() => vi.advanceTimersByTimeAsync(0))

/** Threads of today, yesterday and long ago, each with a message. */
async function savedStorage(): Promise<ThreadStorage> {
  const storage = memoryStorage()
  const saved = [
    ['new', 'Streams', 0],
    ['mid', 'Giá hôm nay', 1],
    ['old', 'Cooking', 300],
  ] as const
  for (const [id, title, days] of saved) {
    const message = createMessage({ role: 'user', content: `What is ${id}?` })
    const updatedAt = Date.now() - days * dayMs
    await storage.save({
      threads: [{ id, title, createdAt: 1, updatedAt, shown: [] }],
      messages: [
        { threadId: id, id: message.id, parentId: '', place: 0, json: JSON.stringify(encodeMessage(message)) },
      ],
    })
  }
  return storage
}

async function renderList(props: Partial<ThreadListProps> = {}): Promise<Threads> {
  const threads = props.threads ?? createThreads({ storage: await savedStorage() })
  render(<ThreadList {...props} threads={threads} />)
  await turn()
  return threads
}

const row = (title: string) => screen.getByRole('button', { name: title })
const titles = () =>
  screen.queryAllByRole('listitem').map((item) => within(item).getAllByRole('button')[0]?.textContent)
const press = (key: string) => act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key }))
const click = (name: string) => act(async () => void fireEvent.click(screen.getByRole('button', { name })))

async function search(text: string): Promise<void> {
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } })
  await act(() => vi.advanceTimersByTimeAsync(200))
}

describe('the list', () => {
  it('has the newest thread first, under the day it was written in', async () => {
    await renderList()
    expect(titles()).toEqual(['Streams', 'Giá hôm nay', 'Cooking'])
    expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
      en.threadAges.today,
      en.threadAges.yesterday,
      en.threadAges.older,
    ])
    expect(within(screen.getByRole('list', { name: en.threadAges.yesterday })).getByText('Giá hôm nay')).toBeDefined()
  })

  it('opens a thread, and marks the one that is open', async () => {
    const onPick = vi.fn()
    const threads = await renderList({ onPick })
    await click('Cooking')
    expect(threads.getState().selectedId).toBe('old')
    expect(onPick).toHaveBeenCalledWith('old')
    expect(row('Cooking').getAttribute('aria-current')).toBe('page')
    expect(row('Streams').hasAttribute('aria-current')).toBe(false)
  })

  it('starts a new chat by selecting none', async () => {
    const onPick = vi.fn()
    const threads = await renderList({ onPick })
    threads.select('old')
    await click(en.newChat)
    expect(threads.getState().selectedId).toBeUndefined()
    expect(onPick).toHaveBeenCalledWith(undefined)
  })

  it('says that it is empty once it has been read, and not before', async () => {
    render(<ThreadList threads={createThreads({ storage: memoryStorage() })} />)
    expect(screen.queryByText(en.noThreads)).toBeNull()
    await turn()
    expect(screen.getByText(en.noThreads)).toBeDefined()
  })

  it('says why nothing is saved', async () => {
    const storage = { ...memoryStorage(), list: () => Promise.reject(new Error('no')) }
    await renderList({ threads: createThreads({ storage }) })
    expect(screen.getByText(en.storageErrors.unavailable).getAttribute('role')).toBe('status')
  })

  it('is not rendered while an answer grows', async () => {
    const threads = createThreads({ storage: await savedStorage() })
    const { store, provider } = createTestChat({ id: 'new' })
    const onRender = vi.fn()
    render(
      <Profiler id="list" onRender={onRender}>
        <ThreadList threads={threads} />
      </Profiler>,
    )
    const disconnect = threads.connect(store)
    await turn()
    void store.sendMessage('Hi')
    await turn()
    await act(async () => provider.say('One'))
    await act(() => vi.advanceTimersByTimeAsync(1000))
    const before = onRender.mock.calls.length
    await act(async () => provider.say(' two'))
    await act(() => vi.advanceTimersByTimeAsync(1000))
    expect(store.getState().messages.at(-1)?.content).toBe('One two')
    expect(onRender).toHaveBeenCalledTimes(before)
    disconnect()
  })
})

describe('the search', () => {
  it('looks at titles and messages, whatever the accents, and says how many there are', async () => {
    await renderList()
    await search('gia')
    expect(titles()).toEqual(['Giá hôm nay'])
    await search('what is old')
    expect(titles()).toEqual(['Cooking'])
    expect(screen.getByText(en.threadsFound(1))).toBeDefined()
  })

  it('says when nothing is found, and shows all again on Escape', async () => {
    await renderList()
    await search('nowhere')
    expect(screen.getByText(en.noneFound)).toBeDefined()
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' })
    expect(titles()).toHaveLength(3)
  })
})

describe('renaming', () => {
  async function rename(title: string, key: string): Promise<Threads> {
    const threads = await renderList()
    row('Streams').focus()
    await press('F2')
    const field = screen.getByRole('textbox', { name: en.threadTitle })
    expect(document.activeElement).toBe(field)
    fireEvent.change(field, { target: { value: title } })
    await press(key)
    return threads
  }

  it('happens in place, and gives the focus back', async () => {
    const threads = await rename('Rivers', 'Enter')
    expect(document.activeElement).toBe(row('Rivers'))
    expect(threads.getState().threads.map(({ title }) => title)).toContain('Rivers')
  })

  it.each([
    ['Rivers', 'Escape'],
    ['  ', 'Enter'],
  ])('changes nothing with "%s" and %s', async (title, key) => {
    await rename(title, key)
    expect(document.activeElement).toBe(row('Streams'))
  })

  it('is done when the field is left, and leaves the focus where it went', async () => {
    await renderList()
    await click(en.renameThread('Streams'))
    const field = screen.getByRole('textbox', { name: en.threadTitle })
    fireEvent.change(field, { target: { value: 'Rivers' } })
    act(() => screen.getByRole('searchbox').focus())
    expect(row('Rivers')).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })

  it('waits for an input method that uses Enter itself', async () => {
    await renderList()
    await click(en.renameThread('Streams'))
    fireEvent.keyDown(screen.getByRole('textbox', { name: en.threadTitle }), { key: 'Enter', keyCode: 229 })
    expect(screen.getByRole('textbox', { name: en.threadTitle })).toBeDefined()
  })
})

describe('deleting', () => {
  it('takes the thread off the list, goes on to the next, and can be undone for a minute', async () => {
    const threads = await renderList()
    act(() => threads.select('mid'))
    row('Giá hôm nay').focus()
    await press('Delete')
    expect(titles()).toEqual(['Streams', 'Cooking'])
    expect(document.activeElement).toBe(row('Cooking'))
    expect(screen.getByText(en.threadRemoved('Giá hôm nay'))).toBeDefined()
    await click(en.undo)
    expect(titles()).toEqual(['Streams', 'Giá hôm nay', 'Cooking'])
    expect(document.activeElement).toBe(row('Giá hôm nay'))
    expect(threads.getState().selectedId).toBe('mid')
    expect(screen.queryByRole('button', { name: en.undo })).toBeNull()
  })

  it('removes one, however long the key is held', async () => {
    await renderList()
    row('Streams').focus()
    for (const repeat of [false, true, true])
      await act(async () => fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Delete', repeat }))
    expect(titles()).toEqual(['Giá hôm nay', 'Cooking'])
  })

  it('offers no undo once the thread is gone for good', async () => {
    await renderList()
    await click(en.removeThread('Streams'))
    await act(() => vi.advanceTimersByTimeAsync(60_000))
    expect(screen.queryByRole('button', { name: en.undo })).toBeNull()
  })

  it('leaves the focus on the list when its last thread goes', async () => {
    const threads = createThreads({ storage: memoryStorage() })
    threads.create({ title: 'Only' })
    await renderList({ threads })
    row('Only').focus()
    await press('Delete')
    expect(document.activeElement).toBe(row(en.newChat))
  })
})

describe('the keyboard', () => {
  it('leaves an input method its keys', async () => {
    await renderList()
    const search = screen.getByRole<HTMLInputElement>('searchbox')
    search.focus()
    fireEvent.change(search, { target: { value: 'dong' } })
    for (const key of ['ArrowDown', 'Escape']) fireEvent.keyDown(search, { key, isComposing: true })
    expect(document.activeElement).toBe(search)
    expect(search.value).toBe('dong')
  })

  it('goes from row to row, and to the ends', async () => {
    await renderList()
    screen.getByRole('searchbox').focus()
    for (const [key, title] of [
      ['ArrowDown', 'Streams'],
      ['ArrowUp', 'Streams'],
      ['ArrowDown', 'Giá hôm nay'],
      ['End', 'Cooking'],
      ['ArrowDown', 'Cooking'],
      ['Home', 'Streams'],
    ] as const) {
      await press(key)
      expect(document.activeElement, key).toBe(row(title))
    }
  })

  it('has one row as its stop: the one that had the focus, before that the open one', async () => {
    const stops = () =>
      screen
        .getAllByRole('listitem')
        .map((item) => within(item).getAllByRole('button')[0])
        .filter((button) => button?.tabIndex === 0)
    const threads = await renderList()
    expect(stops()).toEqual([row('Streams')])
    act(() => threads.select('old'))
    expect(stops()).toEqual([row('Cooking')])
    act(() => row('Giá hôm nay').focus())
    expect(stops()).toEqual([row('Giá hôm nay')])
  })
})
