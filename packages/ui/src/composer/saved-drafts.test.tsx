// @vitest-environment jsdom
import { ChatProvider } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Completions } from '../completions/completions.tsx'
import { slashCommands } from '../completions/slash-commands.ts'
import { en } from '../strings/en.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { Composer } from './composer.tsx'
import type { DraftStorage } from './drafts.ts'
import { SavedDrafts } from './saved-drafts.tsx'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
  localStorage.clear()
  vi.useRealTimers()
})

const field = () => screen.getByLabelText<HTMLTextAreaElement>(en.message)
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const press = (key: string) => fireEvent.keyDown(field(), { key })
const saved = () => Object.fromEntries(JSON.parse(localStorage.getItem('millrace.drafts') ?? '[]'))
const wait = () => act(() => vi.advanceTimersByTime(1_000))
const drafts = <SavedDrafts />

const page = ({ store }: Pick<TestChat, 'store'>, children = drafts) => (
  <ChatProvider chat={{ store }}>
    <Composer>{children}</Composer>
  </ChatProvider>
)

describe('what is typed', () => {
  it('is there again when the page is opened anew', () => {
    const { unmount } = render(page(createTestChat({ id: 'one' })))
    type('Half a thought')
    unmount()
    render(page(createTestChat({ id: 'one' })), { wrapper: StrictMode })
    expect(field().value).toBe('Half a thought')
    wait()
    expect(saved()).toEqual({ one: 'Half a thought' })
  })

  it('is kept a moment after the last letter, and when the page goes away', () => {
    render(page(createTestChat({ id: 'one' })))
    type('Half')
    expect(saved()).toEqual({})
    wait()
    expect(saved()).toEqual({ one: 'Half' })
    type('Half a thought')
    fireEvent(window, new Event('pagehide'))
    expect(saved()).toEqual({ one: 'Half a thought' })
  })

  it('belongs to its thread', () => {
    const one = createTestChat({ id: 'one' })
    const { rerender } = render(page(one))
    type('To the first')
    rerender(page(createTestChat({ id: 'two' })))
    expect(field().value).toBe('')
    type('To the second')
    rerender(page(createTestChat({ id: 'one' })))
    expect(field().value).toBe('To the first')
    expect(saved()).toEqual({ one: 'To the first', two: 'To the second' })
  })

  it('leaves nothing of a command that shows another thread', async () => {
    const another = createTestChat({ id: 'two' })
    function Page() {
      const [chat, setChat] = useState(() => createTestChat({ id: 'one' }))
      const [triggers] = useState(() => [slashCommands([{ name: 'next', run: () => setChat(another) }])])
      return page(
        chat,
        <>
          {drafts}
          <Completions triggers={triggers} />
        </>,
      )
    }
    render(<Page />)
    field().focus()
    fireEvent.input(field(), { target: { value: 'Hello /next' } })
    await act(async () => press('Enter'))
    wait()
    expect(saved()).toEqual({ one: 'Hello ' })
    expect(field().value).toBe('')
  })

  it('is forgotten at once when it is sent', async () => {
    const { store } = createTestChat({ id: 'one' })
    render(page({ store }))
    type('Hello')
    wait()
    press('Enter')
    expect(store.getState().messages[0]?.content).toBe('Hello')
    expect(localStorage.getItem('millrace.drafts')).toBeNull()
  })

  it('stays when it could not be sent', async () => {
    const { store } = createTestChat({ id: 'one', whenBusy: 'reject' })
    render(page({ store }))
    act(() => void store.sendMessage('First'))
    type('Second')
    press('Enter')
    await waitFor(() => expect(field().value).toBe('Second'))
    await waitFor(() => expect(saved()).toEqual({ one: 'Second' }))
  })

  it('goes with the chat that gets its own name', () => {
    const chat = createTestChat({ id: 'one' })
    const { rerender } = render(page(chat, <SavedDrafts id="new" />))
    type('Next')
    wait()
    expect(saved()).toEqual({ new: 'Next' })
    rerender(page(chat, <SavedDrafts id="one" />))
    wait()
    expect(saved()).toEqual({ one: 'Next' })
  })
})

describe('what waits in the queue', () => {
  async function renderWaiting() {
    const chat = createTestChat({ id: 'one' })
    const { rerender, unmount } = render(page(chat))
    act(() => void chat.store.sendMessage('First'))
    await waitFor(() => expect(chat.provider.requests).toHaveLength(1))
    for (const text of ['Second', 'Third']) {
      type(text)
      press('Enter')
    }
    type('And more')
    return { ...chat, rerender, unmount }
  }

  it('is there again with what is typed when the page is opened anew', async () => {
    const { unmount } = await renderWaiting()
    const [pencil] = screen.getAllByRole('button', { name: en.editMessage })
    if (pencil) fireEvent.click(pencil)
    const queue = within(screen.getByRole('region', { name: en.queue }))
    fireEvent.change(queue.getByRole('textbox'), { target: { value: 'Second, better' } })
    unmount()
    render(page(createTestChat({ id: 'one' })))
    expect(field().value).toBe('Second, better\nThird\nAnd more')
  })

  it('is in the field of its thread after another was shown', async () => {
    const { store, rerender } = await renderWaiting()
    rerender(page(createTestChat({ id: 'two' })))
    store.stopAll()
    expect(field().value).toBe('')
    rerender(page(createTestChat({ id: 'one' })))
    expect(field().value).toBe('Second\nThird\nAnd more')
  })
})

describe('another page of the browser', () => {
  const writeElsewhere = (all: object) => {
    localStorage.setItem('millrace.drafts', JSON.stringify(Object.entries(all)))
    fireEvent(window, new StorageEvent('storage', { key: 'millrace.drafts' }))
  }

  it('is followed while nothing was written here', () => {
    render(page(createTestChat({ id: 'one' })))
    writeElsewhere({ one: 'Written elsewhere' })
    expect(field().value).toBe('Written elsewhere')
    writeElsewhere({})
    expect(field().value).toBe('')
  })

  it('changes nothing of what is written here', () => {
    render(page(createTestChat({ id: 'one' })))
    type('Mine')
    writeElsewhere({ one: 'Written elsewhere', two: 'Other' })
    expect(field().value).toBe('Mine')
    wait()
    expect(saved()).toEqual({ one: 'Mine', two: 'Other' })
  })
})

describe('a storage', () => {
  const full: DraftStorage = {
    getItem: () => {
      throw new DOMException('No', 'SecurityError')
    },
    setItem: () => {
      throw new DOMException('Full', 'QuotaExceededError')
    },
    removeItem: () => {
      throw new DOMException('No', 'SecurityError')
    },
  }

  it('may throw: the draft then lives as long as the page', () => {
    const children = <SavedDrafts storage={full} />
    const one = createTestChat({ id: 'one' })
    const { rerender } = render(page(one, children))
    type('Mine')
    wait()
    rerender(page(createTestChat({ id: 'two' }), children))
    rerender(page(createTestChat({ id: 'one' }), children))
    expect(field().value).toBe('Mine')
  })

  it('may be missing, as where a browser keeps nothing', () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('No', 'SecurityError')
    })
    render(page(createTestChat({ id: 'one' })))
    type('Mine')
    wait()
    expect(field().value).toBe('Mine')
  })

  it('may be one that you pass', () => {
    render(page(createTestChat({ id: 'one' }), <SavedDrafts storage={sessionStorage} />))
    type('Mine')
    wait()
    expect(sessionStorage.getItem('millrace.drafts')).toBe('[["one","Mine"]]')
    expect(localStorage.getItem('millrace.drafts')).toBeNull()
    sessionStorage.clear()
  })

  it('may hold what is no draft', () => {
    localStorage.setItem('millrace.drafts', '["no", 7')
    render(page(createTestChat({ id: 'one' })))
    type('Mine')
    wait()
    expect(saved()).toEqual({ one: 'Mine' })
  })

  it('holds the fifty drafts written last, whatever they are called', () => {
    const { rerender } = render(page(createTestChat({ id: 'first' })))
    const ids = Array.from({ length: 52 }, (_, n) => `${100 - n}`)
    for (const id of ids) {
      rerender(page(createTestChat({ id })))
      type(`Mine in ${id}`)
      wait()
    }
    expect(Object.keys(saved())).toHaveLength(50)
    expect(saved()).toMatchObject({ 49: 'Mine in 49', 50: 'Mine in 50', 98: 'Mine in 98' })
  })
})
