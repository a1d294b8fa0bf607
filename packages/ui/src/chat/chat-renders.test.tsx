// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useComposer } from '../composer/composer-context.ts'
import { ExportMenu } from '../export-menu/export-menu.tsx'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Chat } from './chat.tsx'

const renders = { turns: 0, composer: 0 }

function CountedTurn(props: MessageViewProps) {
  renders.turns++
  return <MessageView {...props} />
}

function CountedTool() {
  useComposer()
  renders.composer++
  return null
}

const renderTurn = (props: MessageViewProps) => <CountedTurn {...props} />
const messages = [
  { role: 'user', content: 'Question' },
  { role: 'assistant', content: 'Answer', finishReason: 'stop' },
] as const

function renderChat() {
  const { store, provider } = createTestChat({ messages })
  const header = (
    <>
      <ShortcutsDialog />
      <ExportMenu chat={{ store }} />
    </>
  )
  render(<Chat chat={{ store }} header={header} renderMessage={renderTurn} composer={<CountedTool />} />)
  renders.turns = 0
  renders.composer = 0
  return { store, provider }
}

afterEach(cleanup)

it('renders neither turns nor composer for a menu or a dialog that opens', () => {
  renderChat()
  fireEvent.click(screen.getByRole('button', { name: en.export }))
  expect(screen.getByRole('menuitem', { name: en.print })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: en.shortcuts }))
  expect(screen.getByRole('dialog')).toBeDefined()
  expect(renders).toEqual({ turns: 0, composer: 0 })
})

it('renders the composer alone for what is typed', () => {
  renderChat()
  fireEvent.change(screen.getByRole('textbox', { name: en.message }), { target: { value: 'A' } })
  expect(renders).toEqual({ turns: 0, composer: 1 })
})

it('renders neither for what is spoken', async () => {
  const { store, provider } = renderChat()
  act(() => void store.sendMessage('Next'))
  await waitFor(() => expect(provider.requests).toHaveLength(1))
  await waitFor(() => expect(screen.getByText(en.announceStart)).toBeDefined())
  const { turns, composer } = { ...renders }
  await waitFor(() => expect(screen.queryByText(en.announceStart)).toBeNull(), { timeout: 3_000 })
  expect(renders).toEqual({ turns, composer })
})
