// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Announcer } from './announcer.tsx'

afterEach(cleanup)

const politely = () => screen.getAllByRole('status').map((region) => region.textContent)
const urgently = () => screen.getByRole('alert').textContent

async function ask() {
  const chat = createTestChat()
  render(<Announcer />, { wrapper: chat.wrapper })
  expect([...politely(), urgently()]).toEqual(['', '', ''])
  act(() => void chat.store.sendMessage('Question'))
  await waitFor(() => expect(chat.provider.requests).toHaveLength(1))
  return chat
}

it('says that a reply has begun, and at the end how long it is', async () => {
  const { provider } = await ask()
  expect(politely()).toContain(en.announceStart)
  act(() => {
    provider.say('Three little words')
    provider.finish('stop')
  })
  await waitFor(() => expect(politely().join('')).toContain(en.announceEnd(3)))
})

it('says the same words in the other region, as nobody hears a text that does not change', async () => {
  const { store, provider } = await ask()
  const first = politely().indexOf(en.announceStart)
  act(() => void store.sendMessage('Instead', { whenBusy: 'interrupt' }))
  await waitFor(() => expect(provider.requests).toHaveLength(2))
  expect(politely().indexOf(en.announceStart)).toBe(1 - first)
})

it('does not wait with a failure', async () => {
  const { provider } = await ask()
  act(() => provider.finish())
  await waitFor(() => expect(urgently()).toBe(en.announceFailed(en.cutOff.title)))
})

it('says that a reply was stopped, without counting it', async () => {
  const { store } = await ask()
  act(() => store.stop())
  await waitFor(() => expect(politely()).toContain(en.announceStopped))
})

it('tells of the answer that is shown, though another that it is compared with goes on', async () => {
  const provider = createManualProvider()
  const { store, wrapper } = createTestChat({
    fetch: (url, init) => (String(init?.body).includes('"shown"') ? provider.fetch(url, init) : new Promise(() => {})),
  })
  render(<Announcer />, { wrapper })
  act(() => void store.sendMessage('Question', { models: ['shown', 'beside'] }))
  await waitFor(() => expect(provider.requests).toHaveLength(1))
  act(() => {
    provider.say('Three little words')
    provider.finish('stop')
  })
  await waitFor(() => expect(politely().join('')).toContain(en.announceEnd(3)))
  expect(store.getState().replyIds).toHaveLength(1)
  act(() => store.stop())
})
