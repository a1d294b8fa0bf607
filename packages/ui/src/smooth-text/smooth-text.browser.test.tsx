import { expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../styles.css'
import { Chat } from '../chat/chat.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { smoothText } from './smooth-text.ts'

const pace = smoothText()
const burst = 'The water comes down the race and turns the wheel. '.repeat(10)

it('writes a burst bit by bit in a chat, with no more elements, and all of it at once at the end', async () => {
  const { store, provider } = createTestChat()
  await render(<Chat chat={{ store }} textPace={pace} />)
  void store.sendMessage('Question')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
  provider.say('It begins. ')
  await expect.element(page.getByText('It begins.')).toBeVisible()
  const prose = page.getByRole('article').last().element().querySelector('.mr-prose')
  const lengths = new Set<number>()
  provider.say(burst)
  await vi.waitFor(async () => {
    await new Promise(requestAnimationFrame)
    lengths.add(prose?.textContent?.length ?? 0)
    expect(prose?.textContent).toContain(burst.trim())
  })
  expect(lengths.size).toBeGreaterThan(3)
  expect(prose?.querySelectorAll('*')).toHaveLength(1)
  provider.say(burst)
  provider.finish('stop')
  await vi.waitFor(() => expect(store.getState().status).toBe('ready'))
  expect(prose?.textContent).toContain(burst + burst.trim())
})
