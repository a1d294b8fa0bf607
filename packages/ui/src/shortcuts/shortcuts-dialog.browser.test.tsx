import { afterEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import '../styles.css'
import { createTestChat } from '../test-support/test-chat.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

afterEach(() => cleanup())

const messages = [
  { role: 'user', content: 'Question' },
  { role: 'assistant', content: 'Answer', finishReason: 'stop' },
] as const

async function renderChat(header = <ShortcutsDialog />) {
  await render(
    <div style={{ blockSize: 600 }}>
      <Chat chat={{ store: createTestChat({ messages }).store }} header={header} />
    </div>,
  )
  ;(page.getByRole('log').element() as HTMLElement).focus()
}

const dialog = () => page.getByRole('dialog', { name: en.shortcuts })
const rows = () =>
  [...document.querySelectorAll('.mr-shortcut')].map((row) => [
    row.querySelector('dt')?.textContent,
    ...[...row.querySelectorAll('kbd')].map(({ textContent }) => textContent),
  ])

it('opens by ? among the messages, and gives the focus back there', async () => {
  await renderChat()
  await userEvent.keyboard('{End}?')
  await expect.element(dialog()).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(document.activeElement).toBe(page.getByRole('article').last().element())
})

it('lets one write a question mark', async () => {
  await renderChat()
  await page.getByRole('textbox', { name: en.message }).click()
  await userEvent.keyboard('?')
  await expect.element(dialog()).not.toBeInTheDocument()
})

it('lists the keys that the buttons of messages have, each once', async () => {
  await renderChat()
  await page.getByRole('button', { name: en.shortcuts }).click()
  expect(rows()).toEqual(
    expect.arrayContaining([
      [en.nextRegion, 'F6'],
      [en.copy, 'C'],
      [en.editMessage, 'E'],
      [en.regenerate, 'R'],
      [en.shortcuts, '?'],
    ]),
  )
  expect(new Set(rows().map(String)).size).toBe(rows().length)
})

it('lists, and has pressed, what an application adds', async () => {
  const search = vi.fn()
  await renderChat(
    <>
      <ShortcutsDialog />
      <button type="button" aria-keyshortcuts="/" onClick={search}>
        Find
      </button>
    </>,
  )
  await userEvent.keyboard('/')
  expect(search).toHaveBeenCalledOnce()
  await userEvent.keyboard('?')
  expect(rows()).toContainEqual(['Find', '/'])
})
