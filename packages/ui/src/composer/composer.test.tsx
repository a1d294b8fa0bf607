// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Profiler, useEffect } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SendEstimate } from '../budget/send-estimate.tsx'
import { Chat } from '../chat/chat.tsx'
import { Completions } from '../completions/completions.tsx'
import { mentions } from '../completions/mentions.ts'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { Composer } from './composer.tsx'
import { useComposer } from './composer-context.ts'
import { SavedDrafts } from './saved-drafts.tsx'

afterEach(cleanup)

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: en.message })
const type = (text: string) => fireEvent.change(field(), { target: { value: text } })
const press = (key: string, init: KeyboardEventInit = {}) => fireEvent.keyDown(field(), { key, ...init })
const button = (name: string) => screen.queryByRole('button', { name })

function renderComposer(...options: Parameters<typeof createTestChat>) {
  const chat = createTestChat(...options)
  render(<Composer />, { wrapper: chat.wrapper })
  const sent = () =>
    chat.store
      .getState()
      .messages.filter(({ role }) => role === 'user')
      .map(({ content }) => content)
  return { ...chat, sent }
}

describe('Enter', () => {
  it('sends, empties the field and keeps the focus there', async () => {
    const { sent } = renderComposer()
    field().focus()
    type('Hello')
    press('Enter')
    expect(sent()).toEqual(['Hello'])
    expect(field().value).toBe('')
    expect(document.activeElement).toBe(field())
  })

  it('begins a line with Shift', () => {
    const { sent } = renderComposer()
    type('Hello')
    expect(press('Enter', { shiftKey: true })).toBe(true)
    expect(sent()).toEqual([])
  })

  it('sends nothing where there is nothing but space', () => {
    const { sent } = renderComposer()
    type('  \n ')
    press('Enter')
    expect(sent()).toEqual([])
  })

  it('belongs to the input method while it composes', () => {
    const { sent } = renderComposer()
    type('にほん')
    press('Enter', { isComposing: true, keyCode: 229 })
    expect(sent()).toEqual([])
    press('Enter', { keyCode: 13 })
    expect(sent()).toEqual(['にほん'])
  })

  it('belongs to the input method in Safari, where the composition ends before the key is told', () => {
    const { sent } = renderComposer()
    fireEvent.compositionStart(field())
    type('日本')
    fireEvent.compositionEnd(field())
    press('Enter', { isComposing: false, keyCode: 229 })
    expect(sent()).toEqual([])
  })
})

describe('a message that could not be sent', () => {
  it('comes back into the field', async () => {
    const { store } = renderComposer({ whenBusy: 'reject' })
    act(() => void store.sendMessage('First'))
    type('Second')
    press('Enter')
    await waitFor(() => expect(field().value).toBe('Second'))
    expect(screen.getByRole('alert').textContent).toBe(en.notSent)
  })

  it('is told of no longer once its words are taken away', async () => {
    const { store } = renderComposer({ whenBusy: 'reject' })
    act(() => void store.sendMessage('First'))
    type('Second')
    press('Enter')
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(en.notSent))
    type('Sec')
    expect(screen.getByRole('alert').textContent).toBe(en.notSent)
    type('')
    expect(screen.getByRole('alert').textContent).toBe('')
  })
})

describe('while a reply is on its way', () => {
  it('offers to stop it, and to queue what is typed', async () => {
    const { store } = renderComposer()
    expect(button(en.stop)).toBeNull()
    act(() => void store.sendMessage('First'))
    expect(button(en.stop)).not.toBeNull()
    expect(button(en.send)).toBeNull()

    type('Second')
    expect(button(en.stop)).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: en.sendQueued }))
    expect(screen.getByRole('region', { name: en.queue }).textContent).toContain('Second')

    fireEvent.click(screen.getByRole('button', { name: en.cancelQueued }))
    expect(screen.queryByRole('region', { name: en.queue })).toBeNull()
  })

  it('stops it by button, which hands the focus to the field', async () => {
    const { store } = renderComposer()
    act(() => void store.sendMessage('First'))
    const stop = screen.getByRole('button', { name: en.stop })
    stop.focus()
    fireEvent.click(stop)
    await waitFor(() => expect(button(en.stop)).toBeNull())
    expect(store.getState().status).toBe('ready')
    expect(document.activeElement).toBe(field())
  })

  it('stops it with Escape', async () => {
    const { store } = renderComposer()
    act(() => void store.sendMessage('First'))
    press('Escape')
    await waitFor(() => expect(store.getState().status).toBe('ready'))
  })
})

describe('ArrowUp', () => {
  const messages = ['One', 'Two', 'Two', 'Three'].map((content) => ({ role: 'user', content }) as const)
  const values = (...keys: string[]) =>
    keys.map((key) => {
      press(key)
      return field().value
    })

  it('brings back what was sent, the last first, and stops at the first', () => {
    renderComposer({ messages })
    expect(values('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp')).toEqual(['Three', 'Two', 'One', 'One'])
  })

  it('keeps the draft, to which ArrowDown leads back', () => {
    renderComposer({ messages })
    type('Draft')
    field().setSelectionRange(0, 0)
    expect(values('ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toEqual([
      'Three',
      'Two',
      'Three',
      'Draft',
      'Draft',
    ])
  })

  it('moves the cursor where something is written', () => {
    renderComposer({ messages })
    type('Draft')
    expect(press('ArrowUp')).toBe(true)
    field().setSelectionRange(0, 0)
    expect(press('ArrowUp', { shiftKey: true })).toBe(true)
    expect(field().value).toBe('Draft')
  })

  it('moves the cursor once what was brought back is changed', () => {
    renderComposer({ messages })
    press('ArrowUp')
    type('Three!')
    expect([press('ArrowUp'), press('ArrowDown')]).toEqual([true, true])
    expect(field().value).toBe('Three!')
  })

  it('begins with what waits in the queue', () => {
    const { store } = renderComposer({ messages })
    act(() => void store.sendMessage('Four'))
    act(() => void store.sendMessage('Five'))
    expect(values('ArrowUp', 'ArrowUp')).toEqual(['Five', 'Four'])
  })
})

it('renders not at all while an answer grows', async () => {
  const { store, provider, wrapper } = createTestChat({ messages: [{ role: 'user', content: 'Before' }] })
  const onRender = vi.fn()
  render(
    <Profiler id="composer" onRender={onRender}>
      <Composer />
    </Profiler>,
    { wrapper },
  )
  act(() => void store.sendMessage('Question'))
  await waitFor(() => expect(provider.requests).toHaveLength(1))
  await act(async () => provider.say('One'))
  await waitFor(() => expect(store.getState().messages.at(-1)?.content).toBe('One'))
  onRender.mockClear()
  await act(async () => provider.say(' two'))
  await waitFor(() => expect(store.getState().messages.at(-1)?.content).toBe('One two'))
  expect(onRender).not.toHaveBeenCalled()
})

it('renders nothing but itself while one types', () => {
  const { wrapper } = createTestChat({ messages: [{ role: 'user', content: 'Before' }] })
  const onRender = vi.fn()
  render(
    <>
      <Profiler id="thread" onRender={onRender}>
        <Thread />
      </Profiler>
      <Composer />
    </>,
    { wrapper },
  )
  onRender.mockClear()
  for (const text of ['H', 'He', 'Hel']) type(text)
  expect(field().value).toBe('Hel')
  expect(onRender).not.toHaveBeenCalled()
})

it('renders nothing but itself while one types, whatever is put into it', () => {
  const { store } = createTestChat({ messages: [{ role: 'user', content: 'Before' }] })
  const onRender = vi.fn()
  const Measured = () => (
    <Profiler id="beside" onRender={onRender}>
      <span>Beside</span>
    </Profiler>
  )
  const tools = (
    <>
      <SavedDrafts />
      <Completions triggers={[mentions({ search: [{ label: 'Anna' }] })]} />
      <SendEstimate />
      <Measured />
    </>
  )
  render(
    <Profiler id="chat" onRender={onRender}>
      <Chat chat={{ store }} header={<Measured />} aboveComposer={<Measured />} composer={tools} />
    </Profiler>,
  )
  onRender.mockClear()
  type('Hel')
  expect(onRender.mock.calls.map(([id]) => id)).toEqual(['chat'])
})

it('asks those inside it before it sends, and one of them may keep it', () => {
  const answers = [false, true]
  function Gate() {
    const { beforeSend } = useComposer()
    useEffect(() => beforeSend(() => answers.shift() ?? true), [beforeSend])
    return null
  }
  const { store, wrapper } = createTestChat()
  render(
    <Composer>
      <Gate />
    </Composer>,
    { wrapper },
  )
  type('Hello')
  press('Enter')
  expect(field().value).toBe('Hello')
  expect(store.getState().messages).toEqual([])
  press('Enter')
  expect(store.getState().messages[0]?.content).toBe('Hello')
})

it('lets those inside it read the text and change it', () => {
  function Shout() {
    const { text, setText } = useComposer()
    return (
      <button type="button" onClick={() => setText(text.toUpperCase())}>
        Shout
      </button>
    )
  }
  const { wrapper } = createTestChat()
  render(
    <Composer>
      <Shout />
    </Composer>,
    { wrapper },
  )
  type('Hello')
  fireEvent.click(screen.getByRole('button', { name: 'Shout' }))
  expect(field().value).toBe('HELLO')
})
