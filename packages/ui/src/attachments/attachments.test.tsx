// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { Composer } from '../composer/composer.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { attachments } from './attachments.ts'

beforeEach(() => {
  // jsdom has neither.
  URL.createObjectURL = vi.fn(() => 'blob:preview')
  URL.revokeObjectURL = vi.fn()
})
afterEach(cleanup)

const picture = new File(['png'], 'cat.png', { type: 'image/png' })
const notes = new File(['words'], 'notes.txt', { type: 'text/plain' })

function renderComposer(options: Parameters<typeof createTestChat>[0] = {}) {
  const files = attachments({ maxBytes: 10, accept: 'image/*,.txt' })
  const chat = createTestChat({ attachments: files, ...options })
  const { container } = render(
    <div className="millrace">
      <Thread />
      <Composer attachments={files} />
    </div>,
    { wrapper: chat.wrapper },
  )
  const input = container.querySelector<HTMLInputElement>('input[type=file]')
  const choose = (...chosen: File[]) =>
    act(async () => fireEvent.change(input as Element, { target: { files: chosen } }))
  return { ...chat, root: container.firstElementChild as HTMLElement, input, choose }
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: en.message })
const tray = () => screen.queryByRole('list', { name: en.files })
const remove = (name: string) => screen.getByRole('button', { name: en.removeFile(name) })
const pressEnter = () => act(async () => fireEvent.keyDown(field(), { key: 'Enter' }))

describe('attaching', () => {
  it('is offered where there are attachments, and not elsewhere', () => {
    const { store } = createTestChat()
    const { rerender } = render(<Chat chat={{ store }} />)
    expect(screen.queryByRole('button', { name: en.attachFiles })).toBeNull()
    rerender(<Chat chat={{ store }} attachments={attachments()} />)
    expect(screen.getByRole('button', { name: en.attachFiles })).toBeDefined()
  })

  it('opens the chooser of the system, for what is taken', () => {
    const { input } = renderComposer()
    const click = vi.spyOn(input as HTMLInputElement, 'click')
    fireEvent.click(screen.getByRole('button', { name: en.attachFiles }))
    expect(click).toHaveBeenCalledOnce()
    expect(input?.accept).toBe('image/*,.txt')
  })

  it('shows a picture as itself and anything else by its name, and goes on in the field', async () => {
    const { choose } = renderComposer()
    await choose(picture, notes)
    expect(screen.getByAltText('cat.png').getAttribute('src')).toBe('blob:preview')
    expect(tray()?.textContent).toBe(`notes.txt${en.fileSize(5)}`)
    expect(screen.getByText(en.filesAttached(2))).toBeDefined()
    expect(document.activeElement).toBe(field())
  })

  it('takes what is pasted, but for the picture of a text that is pasted as well', async () => {
    renderComposer()
    fireEvent.paste(field(), { clipboardData: { files: [picture], types: ['Files', 'text/plain'] } })
    expect(tray()).toBeNull()
    await act(async () => fireEvent.paste(field(), { clipboardData: { files: [picture], types: ['Files'] } }))
    expect(screen.getByAltText('cat.png')).toBeDefined()
  })

  it('takes what is dropped anywhere in the chat, and says so while it is held there', async () => {
    const { root } = renderComposer()
    const dataTransfer = { files: [notes], types: ['Files'] }
    const log = screen.getByRole('log')
    fireEvent.dragEnter(log, { dataTransfer })
    expect(screen.getByText(en.dropFiles)).toBeDefined()
    fireEvent.dragLeave(root, { dataTransfer })
    expect(screen.queryByText(en.dropFiles)).toBeNull()
    await act(async () => fireEvent.drop(log, { dataTransfer }))
    expect(tray()?.textContent).toContain('notes.txt')
  })

  it('leaves text that is dragged alone', () => {
    const { root } = renderComposer()
    expect(fireEvent.dragOver(root, { dataTransfer: { files: [], types: ['text/plain'] } })).toBe(true)
    expect(screen.queryByText(en.dropFiles)).toBeNull()
  })
})

describe('a file', () => {
  it('can be taken off, and the focus goes to the one beside it, at last to the field', async () => {
    const { choose } = renderComposer()
    await choose(picture, notes)
    remove('cat.png').focus()
    fireEvent.click(remove('cat.png'))
    expect(document.activeElement).toBe(remove('notes.txt'))
    fireEvent.click(remove('notes.txt'))
    expect(document.activeElement).toBe(field())
    expect(tray()).toBeNull()
  })

  it('that is refused says why, and keeps no other from being sent', async () => {
    const { choose, provider, store } = renderComposer()
    await choose(new File(['far too long'], 'long.txt', { type: 'text/plain' }), notes)
    const refusal = await screen.findByText(en.fileRefused('long.txt'))
    expect(refusal.parentElement?.textContent).toContain('12 bytes of at most 10 bytes.')
    await pressEnter()
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(store.getState().messages[0]?.parts).toMatchObject([{ type: 'file', name: 'notes.txt' }])
    expect(tray()).toBeNull()
  })
})

describe('sending', () => {
  it('sends text and files, shows them in the turn, and empties the composer', async () => {
    const { choose, provider, store } = renderComposer()
    await choose(picture)
    fireEvent.change(field(), { target: { value: 'A cat?' } })
    await pressEnter()
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(store.getState().messages[0]?.parts).toMatchObject([{ text: 'A cat?' }, { data: btoa('png') }])
    expect(field().value).toBe('')
    expect(tray()).toBeNull()
    const turn = screen.getByRole('article', { name: en.youSaid })
    expect(within(turn).getByAltText('cat.png').getAttribute('src')).toBe(`data:image/png;base64,${btoa('png')}`)
  })

  it('keeps text and files where it fails', async () => {
    const { choose, store } = renderComposer({ whenBusy: 'reject' })
    act(() => void store.sendMessage('First'))
    await choose(notes)
    fireEvent.change(field(), { target: { value: 'Second' } })
    await pressEnter()
    await waitFor(() => expect(field().value).toBe('Second'))
    expect(tray()?.textContent).toContain('notes.txt')
    expect(screen.getByText(en.notSent)).toBeDefined()
  })
})

it('renders nothing of the thread while files come and go', async () => {
  const files = attachments()
  const { wrapper } = createTestChat({ attachments: files, messages: [{ role: 'user', content: 'Before' }] })
  const onRender = vi.fn()
  const { container } = render(
    <>
      <Profiler id="thread" onRender={onRender}>
        <Thread />
      </Profiler>
      <Composer attachments={files} />
    </>,
    { wrapper },
  )
  onRender.mockClear()
  const input = container.querySelector('input') as Element
  await act(async () => fireEvent.change(input, { target: { files: [notes] } }))
  fireEvent.click(remove('notes.txt'))
  expect(onRender).not.toHaveBeenCalled()
})
