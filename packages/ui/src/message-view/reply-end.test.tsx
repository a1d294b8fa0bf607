// @vitest-environment jsdom
import { createMessage, siblingsOf } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import type { Remedies } from '../error-card/remedies.ts'
import { ShortenThread } from '../error-card/shorten-thread.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const models = [
  { id: 'test-model', name: 'Test' },
  { id: 'other-model', name: 'Other' },
]

/** A chat whose first reply failed with that status. */
async function failedChat(status: number, remedies?: Remedies) {
  const { store, provider } = createTestChat()
  render(<Chat chat={{ store }} remedies={remedies} />)
  provider.failNext(status)
  await act(() => store.sendMessage('Hello'))
  return { store, provider }
}

const asked = (content: string) => [
  createMessage({ role: 'user', content }),
  createMessage({ role: 'assistant', content, finishReason: 'stop' }),
]

const lastModel = async (requests: readonly Request[]) => (await requests.at(-1)?.json())?.model

it('offers the other models, and asks the one that is chosen beside the answer that failed', async () => {
  const onModelChange = vi.fn()
  const { store, provider } = await failedChat(503, { models, onModelChange })
  expect([...screen.getByRole<HTMLSelectElement>('combobox').options].map(({ text }) => text)).toEqual(['Other'])
  const failedId = store.getState().messages.at(-1)?.id ?? ''
  await act(async () => fireEvent.click(screen.getByRole('button', { name: en.askModel })))
  expect(await lastModel(provider.requests)).toBe('other-model')
  expect(onModelChange).toHaveBeenCalledWith('other-model')
  expect(siblingsOf(store.getState(), failedId)).toHaveLength(2)
})

it('offers no models of a provider that it does not ask', async () => {
  await failedChat(503)
  expect(screen.queryByRole('combobox')).toBeNull()
  expect(screen.getByRole('button', { name: en.tryAgain })).toBeDefined()
})

it('leaves out of a thread that is too long what the reader chooses, on a branch of its own', async () => {
  const { store, provider } = createTestChat({ messages: ['One', 'Two'].flatMap(asked) })
  render(<Chat chat={{ store }} remedies={{ shorten: ShortenThread }} />)
  provider.failNext(413)
  await act(() => store.sendMessage('Three'))
  const select = screen.getByRole<HTMLSelectElement>('combobox', { name: en.leaveOut })
  expect([...select.options].map(({ text }) => text)).toEqual([en.cutTurns(1, 2), en.cutTurns(2, 4)])
  fireEvent.change(select, { target: { value: '1' } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: en.askShorter })))
  expect(store.getState().messages.map(({ content }) => content)).toEqual(['Three', ''])
})

it('says a failure at once and once, and leaves the focus where it is', async () => {
  const { store, provider } = await failedChat(503)
  const field = screen.getByRole('textbox', { name: en.message })
  field.focus()
  provider.failNext(500)
  await act(() => store.sendMessage('Again'))
  const alerts = screen.getAllByRole('alert').map(({ textContent }) => textContent)
  expect(alerts.filter(Boolean)).toEqual([en.announceFailed(en.errors['server-error'].title)])
  expect(document.activeElement).toBe(field)
})
