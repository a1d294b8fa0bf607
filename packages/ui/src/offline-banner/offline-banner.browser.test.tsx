import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

async function setOnline(isOnline: boolean): Promise<void> {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  await act(async () => {
    dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
  })
}

/** A chat whose server cannot be reached while the browser is offline. */
function offlineChat() {
  const { provider } = createTestChat()
  const fetch: typeof globalThis.fetch = (url, init) =>
    navigator.onLine ? provider.fetch(url, init) : Promise.reject(new TypeError('Failed to fetch'))
  const { store } = createTestChat({ fetch })
  render(<Chat chat={{ store }} />)
  return { store, provider }
}

async function send(text: string): Promise<void> {
  const field = screen.getByRole('textbox', { name: en.message })
  fireEvent.change(field, { target: { value: text } })
  await act(async () => fireEvent.keyDown(field, { key: 'Enter' }))
}

const banner = () => document.querySelector('.mr-offline')?.textContent
const queued = () => [...document.querySelectorAll('.mr-queued-text')].map(({ textContent }) => textContent)

it('says that the browser is offline, and nothing where it is not', async () => {
  offlineChat()
  expect(banner()).toBe('')
  await setOnline(false)
  expect(banner()).toBe(en.offline(0))
  await setOnline(true)
  expect(banner()).toBe('')
})

it('keeps what is sent meanwhile where it is seen, and sends it in order once the network is back', async () => {
  const { store, provider } = offlineChat()
  await setOnline(false)
  await send('A')
  await vi.waitFor(() => expect(screen.getByText(en.errors.offline.title)).toBeVisible())
  await send('B')
  await send('C')
  expect(queued()).toEqual(['B', 'C'])
  expect(screen.getByRole('region', { name: en.queueOffline })).toBeVisible()
  expect(banner()).toBe(en.offline(3))
  expect(provider.requests).toHaveLength(0)

  await setOnline(true)
  for (const answer of ['To A', 'To B', 'To C']) {
    await vi.waitFor(() => expect(store.getState().status).toBe('submitted'))
    await act(async () => {
      provider.say(answer)
      provider.finish('stop')
    })
    await vi.waitFor(() => expect(screen.getByText(answer)).toBeVisible())
  }
  expect(store.getState().messages.map(({ content }) => content)).toEqual(['A', 'To A', 'B', 'To B', 'C', 'To C'])
  expect(provider.requests).toHaveLength(3)
})
