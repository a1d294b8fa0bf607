import type { ChatOptions } from '@millrace/hooks'
import { afterEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import '../styles.css'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'

afterEach(() => cleanup())

const code = 'Look:\n\n```ts\nopen()\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nAnd:\n\n```\nshut()\n```'
const messages = [
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer', finishReason: 'stop' },
  { role: 'user', content: 'Second question' },
  { role: 'assistant', content: code, finishReason: 'stop' },
] as const

async function renderChat(header = true, shown: ChatOptions['messages'] = messages): Promise<TestChat> {
  const chat = createTestChat({ messages: shown })
  await render(
    <div style={{ blockSize: 500 }}>
      <aside data-region="">
        <button type="button">Aside</button>
      </aside>
      <Chat chat={{ store: chat.store }} header={header && <button type="button">Header</button>} />
    </div>,
  )
  return chat
}

const transcript = () => page.getByRole('log').element() as HTMLElement
const composer = () => page.getByPlaceholder(en.placeholder).element() as HTMLElement

/** What has the focus, in a word. */
function focused(): string {
  const element = document.activeElement
  if (element === transcript()) return 'transcript'
  if (element === composer()) return 'composer'
  if (element?.matches('article')) return `turn ${[...document.querySelectorAll('article')].indexOf(element) + 1}`
  return element?.textContent || element?.getAttribute('aria-label') || 'nothing'
}

/** What has the focus after each of some keys. */
async function after(...keys: readonly string[]): Promise<string[]> {
  const places: string[] = []
  for (const key of keys) {
    await userEvent.keyboard(key)
    places.push(focused())
  }
  return places
}

const back = '{Shift>}{F6}{/Shift}'

it('goes from region to region, and around, whatever is between', async () => {
  await renderChat()
  composer().focus()
  expect(await after('{F6}', '{F6}', '{F6}', '{F6}')).toEqual(['Aside', 'Header', 'transcript', 'composer'])
  expect(await after(back, back, back, back)).toEqual(['transcript', 'Header', 'Aside', 'composer'])
})

it('leaves out regions that have nothing to go to', async () => {
  await renderChat(false)
  composer().focus()
  expect(await after('{F6}', '{F6}')).toEqual(['Aside', 'transcript'])
})

it('goes from turn to turn in the transcript, and stays at its ends', async () => {
  await renderChat()
  transcript().focus()
  expect(await after('{ArrowUp}', '{ArrowUp}', '{Home}', '{ArrowUp}', '{ArrowDown}', '{End}', '{ArrowDown}')).toEqual([
    'turn 4',
    'turn 3',
    'turn 1',
    'turn 1',
    'turn 2',
    'turn 4',
    'turn 4',
  ])
})

it('begins with what is in view', async () => {
  await renderChat()
  transcript().focus()
  transcript().scrollTop = 0
  expect(await after('{ArrowDown}')).toEqual(['turn 1'])
})

it('shows the turn that it goes to: a high one from its beginning, and the end at the end', async () => {
  const long = 'A line of an answer that has many.\n\n'.repeat(40)
  await renderChat(false, [...messages, { role: 'user', content: 'Third' }, { role: 'assistant', content: long }])
  transcript().focus()
  await userEvent.keyboard('{Home}')
  const view = () => transcript().getBoundingClientRect()
  const turn = () => (document.activeElement as Element).getBoundingClientRect()
  expect(turn().top).toBeGreaterThanOrEqual(view().top)
  await userEvent.keyboard('{End}')
  expect(turn().top).toBeLessThan(view().top)
  expect(turn().bottom).toBeLessThanOrEqual(view().bottom)
  await userEvent.keyboard('{ArrowUp}{ArrowDown}')
  expect(turn().top).toBeGreaterThanOrEqual(view().top)
})

it('goes to the next block of code or table, and back', async () => {
  await renderChat()
  transcript().focus()
  const places = await after('b', 'b', 'b', 'b', '{Shift>}B{/Shift}', '{Shift>}B{/Shift}')
  expect(places.map((place) => place.trim())).toEqual(['open()', 'ab12', 'shut()', 'shut()', 'ab12', 'open()'])
})

it('leaves its arrows to what scrolls by itself', async () => {
  await renderChat()
  transcript().focus()
  expect((await after('b', '{ArrowDown}')).map((place) => place.trim())).toEqual(['open()', 'open()'])
})

it('stops the reply by Escape from wherever one is in the chat, and only then goes elsewhere', async () => {
  const { store, provider } = await renderChat()
  void store.sendMessage('Third')
  await expect.poll(() => provider.requests).toHaveLength(1)
  transcript().focus()
  expect(await after('{Escape}')).toEqual(['transcript'])
  expect(store.getState().status).toBe('ready')
  expect(await after('{Escape}', '{Escape}')).toEqual(['composer', 'transcript'])
})

it('goes by Escape from a button to its turn, and on to the composer', async () => {
  await renderChat()
  const [copy] = page.getByRole('button', { name: en.copy }).elements()
  ;(copy as HTMLElement).focus()
  expect(await after('{Escape}', '{Escape}')).toEqual(['turn 1', 'composer'])
})

it('presses the button of the turn that names the key', async () => {
  const { provider } = await renderChat()
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  transcript().focus()
  await userEvent.keyboard('{Home}c')
  expect(writeText).toHaveBeenCalledWith('First question')
  await userEvent.keyboard('{ArrowDown}r')
  await expect.poll(() => provider.requests).toHaveLength(1)
  writeText.mockRestore()
})

it('presses nothing while somebody writes, nor with a modifier, nor outside of turns', async () => {
  await renderChat()
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  composer().focus()
  await userEvent.keyboard('c')
  transcript().focus()
  await userEvent.keyboard('c{Home}{Alt>}c{/Alt}')
  expect(writeText).not.toHaveBeenCalled()
  await userEvent.keyboard('e')
  await userEvent.keyboard('c')
  expect(writeText).not.toHaveBeenCalled()
  expect(composer()).toHaveProperty('value', 'c')
  writeText.mockRestore()
})

it('goes through the versions of a turn', async () => {
  const { store } = await renderChat()
  transcript().focus()
  const id = store.getState().messages[0]?.id ?? ''
  void store.editMessage(id, 'Other question')
  await expect.poll(() => store.getState().messages).toHaveLength(2)
  store.stop()
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await expect.element(page.getByText('First question')).toBeVisible()
  expect(focused()).toBe(en.previousBranch)
  await userEvent.keyboard('{Escape}{ArrowRight}')
  await expect.element(page.getByText('Other question')).toBeVisible()
})

it('keeps the focus in the transcript when the turn that had it goes', async () => {
  const { store } = await renderChat()
  transcript().focus()
  await userEvent.keyboard('{End}')
  store.clearMessages()
  await expect.poll(focused).toBe('transcript')
})

it('presses a button once, however long its letter is held', async () => {
  const onClick = vi.fn()
  const header = (
    <button type="button" aria-keyshortcuts="x" onClick={onClick}>
      X
    </button>
  )
  await render(<Chat chat={{ store: createTestChat({ messages }).store }} header={header} />)
  transcript().focus()
  for (const repeat of [false, true, true])
    transcript().dispatchEvent(new KeyboardEvent('keydown', { key: 'x', repeat, bubbles: true }))
  expect(onClick).toHaveBeenCalledOnce()
})
