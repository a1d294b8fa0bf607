// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

afterEach(cleanup)

const messages = [
  { role: 'user', content: 'Question' },
  { role: 'assistant', content: 'Answer', finishReason: 'stop' },
] as const

const transcript = () => screen.getByRole('log')
const composer = () => screen.getByPlaceholderText(en.placeholder)

/** As a reader does who has gone there by Tab. */
function pressInTranscript(key: string): void {
  transcript().focus()
  fireEvent.keyDown(transcript(), { key })
}

describe('on a page that is an article itself', () => {
  let chat: TestChat
  beforeEach(() => {
    chat = createTestChat({ messages })
    render(
      <article>
        <Chat chat={{ store: chat.store }} header={<ShortcutsDialog />} />
      </article>,
    )
  })

  it('a letter does nothing to the first turn while none has the focus', () => {
    pressInTranscript('r')
    expect(chat.store.getState().replyIds).toEqual([])
  })

  it('Escape leads from the transcript to the composer', () => {
    pressInTranscript('Escape')
    expect(document.activeElement).toBe(composer())
  })

  it('what belongs to no turn is listed with none', () => {
    pressInTranscript('?')
    const title = screen.getByRole('heading', { name: en.shortcutGroups.turn })
    const group = within(title.parentElement as HTMLElement)
    expect(group.getByText(en.copy)).toBeDefined()
    expect(group.queryByText(en.shortcuts)).toBeNull()
  })
})

it('leads by Escape to the composer, not to a message that is being changed', () => {
  const { store } = createTestChat({ messages })
  render(<Chat chat={{ store }} />)
  fireEvent.click(screen.getByRole('button', { name: en.editMessage }))
  pressInTranscript('Escape')
  expect(document.activeElement).toBe(composer())
})

it('leaves Escape to a dialog around the chat, once there is no reply to stop', async () => {
  const { store } = createTestChat({ messages })
  render(
    <div role="dialog">
      <Chat chat={{ store }} />
    </div>,
  )
  composer().focus()
  act(() => void store.sendMessage('More'))
  expect(fireEvent.keyDown(transcript(), { key: 'Escape' })).toBe(false)
  await waitFor(() => expect(store.getState().replyIds).toEqual([]))
  expect(fireEvent.keyDown(composer(), { key: 'Escape' })).toBe(true)
  expect(document.activeElement).toBe(composer())
})

it('leaves F6 to a menu or a dialog, also where React has the whole document', () => {
  render(<Chat chat={{ store: createTestChat({ messages }).store }} />)
  composer().focus()
  // There its handlers are no lower than this.
  const stop = (event: Event) => event.stopPropagation()
  document.addEventListener('keydown', stop)
  fireEvent.keyDown(composer(), { key: 'F6' })
  document.removeEventListener('keydown', stop)
  expect(document.activeElement).toBe(composer())
  fireEvent.keyDown(composer(), { key: 'F6' })
  expect(document.activeElement).toBe(transcript())
})
