// @vitest-environment jsdom
import { createMessage } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'

afterEach(cleanup)

/** A question with two answers, of which the second is shown. */
async function renderForked() {
  const question = createMessage({ role: 'user', content: 'Which?' })
  const answer = createMessage({ role: 'assistant', content: 'First.', finishReason: 'stop' })
  const { store, wrapper } = createTestChat({ messages: [question, answer] })
  await act(() => store.editMessage(answer.id, 'Second.'))
  render(<Thread />, { wrapper })
  return store
}

const press = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

it('shows which of how many answers this is, and the others on demand', async () => {
  await renderForked()
  expect(screen.getByText('2 / 2')).toBeDefined()
  await press(en.previousBranch)
  expect(screen.getByText('First.')).toBeDefined()
  expect(screen.queryByText('Second.')).toBeNull()
  expect(screen.getByText('1 / 2')).toBeDefined()
})

it('is not there where nothing else was said', () => {
  const { wrapper } = createTestChat({ messages: [{ role: 'user', content: 'Hi' }] })
  render(<Thread />, { wrapper })
  expect(screen.queryByRole('group', { name: en.branches })).toBeNull()
})

it('keeps the focus on the way, though the turn it was in is gone', async () => {
  await renderForked()
  screen.getByRole('button', { name: en.previousBranch }).focus()
  await press(en.previousBranch)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: en.previousBranch }))
})

it('goes by arrow keys as well, and stays at its ends', async () => {
  const store = await renderForked()
  const next = screen.getByRole('button', { name: en.nextBranch })
  next.focus()
  await act(async () => fireEvent.keyDown(next, { key: 'ArrowRight' }))
  expect(store.getState().messages.at(-1)?.content).toBe('Second.')
  await act(async () => fireEvent.keyDown(next, { key: 'ArrowLeft' }))
  expect(store.getState().messages.at(-1)?.content).toBe('First.')
})
