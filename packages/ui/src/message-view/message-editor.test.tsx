// @vitest-environment jsdom
import { createMessage } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { MessageView, type MessageViewProps } from './message-view.tsx'

afterEach(cleanup)

const picture = { type: 'file', mediaType: 'image/png', data: 'AAAA', name: 'cat.png' } as const
const question = createMessage({ role: 'user', content: 'What is it?', parts: [picture] })
const answer = createMessage({ role: 'assistant', content: 'A cat.', finishReason: 'stop' })

function renderThread() {
  const chat = createTestChat({ messages: [question, answer] })
  render(<Thread />, { wrapper: chat.wrapper })
  return chat
}

const pencil = () => screen.getByRole('button', { name: en.editMessage })
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))
const editor = () => screen.queryByRole('form', { name: en.editMessage })
const field = () => within(editor() as HTMLElement).getByRole<HTMLTextAreaElement>('textbox')
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const key = (name: string, init: KeyboardEventInit = {}) =>
  act(async () => void fireEvent.keyDown(field(), { key: name, ...init }))

describe('editing a message', () => {
  it('begins in its place, with its words and files', async () => {
    renderThread()
    await press(en.editMessage)
    expect(document.activeElement).toBe(field())
    expect(field().value).toBe('What is it?')
    expect(field().selectionStart).toBe('What is it?'.length)
    expect(within(editor() as HTMLElement).getByAltText('cat.png')).toBeDefined()
  })

  it('asks again in other words, keeps the files, and has the versions to go through', async () => {
    const { store, provider } = renderThread()
    await press(en.editMessage)
    type('Whose is it?')
    await press(en.save)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(store.getState().messages[0]?.parts).toMatchObject([{ text: 'Whose is it?' }, picture])
    expect(editor()).toBeNull()
    expect(screen.getByText('2 / 2')).toBeDefined()
    await press(en.previousBranch)
    expect(screen.getByText('What is it?')).toBeDefined()
    expect(screen.getByText('A cat.')).toBeDefined()
  })

  it('saves by Enter, but not while an input method has it, nor with Shift', async () => {
    const { store } = renderThread()
    await press(en.editMessage)
    type('にほん')
    await key('Enter', { isComposing: true, keyCode: 229 })
    await key('Enter', { shiftKey: true })
    expect(store.getState().messages[0]).toBe(question)
    await key('Enter')
    expect(store.getState().messages[0]?.content).toBe('にほん')
  })

  it('gives the focus to the new version', async () => {
    renderThread()
    await press(en.editMessage)
    type('Whose is it?')
    await key('Enter')
    expect(screen.getByText('Whose is it?')).toBeDefined()
    expect(document.activeElement).toBe(pencil())
  })

  it.each([
    ['by Escape', () => key('Escape')],
    ['by its button', () => press(en.cancel)],
    ['when nothing was changed', () => key('Enter')],
  ])('leaves it as it was %s, with the focus where it was', async (how, leave) => {
    const { store } = renderThread()
    await press(en.editMessage)
    if (how !== 'when nothing was changed') type('Nonsense')
    await leave()
    expect(editor()).toBeNull()
    expect(store.getState().messages).toEqual([question, answer])
    expect(document.activeElement).toBe(pencil())
  })

  it('keeps the words where they could not be sent', async () => {
    const chat = createTestChat({ messages: [question, answer] })
    vi.spyOn(chat.store, 'editMessage').mockRejectedValue(new TypeError('Name a model.'))
    render(<Thread />, { wrapper: chat.wrapper })
    await press(en.editMessage)
    type('Whose is it?')
    await key('Enter')
    expect(screen.getByText(en.notSent)).toBeDefined()
    expect(field().value).toBe('Whose is it?')
  })

  it('takes the focus from nobody who comes back later to what was left in the middle', async () => {
    const chat = createTestChat({ messages: [question, answer] })
    vi.spyOn(chat.store, 'editMessage').mockRejectedValue(new TypeError('Name a model.'))
    const page = (isShown: boolean) => (
      <>
        {isShown && <Thread />}
        <Composer />
      </>
    )
    const { rerender } = render(page(true), { wrapper: chat.wrapper })
    await press(en.editMessage)
    type('Whose is it?')
    await key('Enter')
    rerender(page(false))
    screen.getByRole('textbox').focus()
    rerender(page(true))
    expect(document.activeElement).toBe(screen.getByRole('textbox'))
  })
})

it('renders no other turn and no composer while one types', async () => {
  const onRender = vi.fn()
  const renderMessage = (props: MessageViewProps) => (
    <Profiler id={props.id} onRender={onRender}>
      <MessageView {...props} />
    </Profiler>
  )
  const { wrapper } = createTestChat({ messages: [question, answer] })
  render(
    <>
      <Thread renderMessage={renderMessage} />
      <Profiler id="composer" onRender={onRender}>
        <Composer />
      </Profiler>
    </>,
    { wrapper },
  )
  await press(en.editMessage)
  onRender.mockClear()
  for (const text of ['W', 'Wh', 'Who']) type(text)
  expect(new Set(onRender.mock.calls.map(([id]) => id))).toEqual(new Set([question.id]))
})
