// @vitest-environment jsdom
import { createMessage, holysheep } from '@millrace/core'
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

it('says of each answer which model gave it, what that cost and how soon it came', async () => {
  const question = createMessage({ role: 'user', content: 'Which?' })
  const answer = createMessage({
    role: 'assistant',
    content: 'First.',
    model: 'gpt-4.1-2025-04-14',
    finishReason: 'stop',
    usage: { inputTokens: 1000, outputTokens: 500, totalTokens: 1500 },
    timing: { startedAt: 0, firstTokenAt: 640 },
  })
  const { store, wrapper } = createTestChat({ provider: holysheep, messages: [question, answer] })
  await act(() => store.editMessage(answer.id, 'Second.'))
  render(<Thread />, { wrapper })
  await press(en.previousBranch)
  const label = document.querySelector('.mr-branches-label')
  expect(label?.textContent).toBe(`GPT-4.1 · $0.012 · ${en.timeToFirst(640)}`)
})

it.each(['altKey', 'metaKey'])('leaves an arrow to the browser, which goes back with %s', async (held) => {
  await renderForked()
  fireEvent.keyDown(screen.getByRole('button', { name: en.previousBranch }), { key: 'ArrowLeft', [held]: true })
  expect(screen.getByText('2 / 2')).toBeDefined()
})
