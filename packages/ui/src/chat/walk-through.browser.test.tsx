import type { Message } from '@millrace/core'
import { createThreads, memoryStorage, tool, useStreamingChat, useThreads } from '@millrace/hooks'
import { createManualProvider, type ManualProvider } from '@millrace/testing'
import { afterEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { attachments } from '../attachments/attachments.ts'
import { ExportMenu } from '../export-menu/export-menu.tsx'
import { Feedback } from '../message-actions/feedback.tsx'
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx'
import { en } from '../strings/all.ts'
import '../styles.css'
import { ThreadList } from '../thread-list/thread-list.tsx'
import { Chat } from './chat.tsx'

afterEach(async () => {
  await cleanup()
  vi.restoreAllMocks()
  await page.viewport(414, 896)
})

const files = attachments()
const threads = createThreads({ storage: memoryStorage() })
const book = tool({ needsApproval: true, execute: () => 'Booked' })
const rated = vi.fn()
const extras = ({ role }: Message) => role === 'assistant' && <Feedback onFeedback={rated} />

function App({ provider }: { readonly provider: ManualProvider }) {
  const { selectedId } = useThreads(threads)
  const chat = useStreamingChat({
    id: selectedId ?? 'first',
    persist: threads,
    apiKey: 'test-key',
    baseURL: 'https://model.test/v1',
    fetch: provider.fetch,
    retry: { attempts: 0 },
    pace: 'chunk',
    attachments: files,
    tools: { book },
  })
  return (
    <div style={{ display: 'grid', gridTemplateColumns: '240px 1fr', blockSize: 600 }}>
      <div className="millrace">
        <ThreadList threads={threads} />
      </div>
      <Chat
        chat={chat}
        attachments={files}
        autoFocus
        actions={extras}
        header={
          <>
            <ShortcutsDialog />
            <ExportMenu chat={chat} />
          </>
        }
      />
    </div>
  )
}

/** What has the focus: its role or tag, and what it is called. */
function focused(): string {
  const element = document.activeElement
  if (!element || element === document.body) return 'nothing'
  if (element.matches('article')) return `turn: ${element.querySelector('.mr-message-parts')?.textContent}`
  const name = element.getAttribute('aria-label') ?? element.textContent
  return `${element.role ?? element.localName}: ${name}`
}

const press = (keys: string) => userEvent.keyboard(keys)
const expectFocus = (what: string) => expect.poll(focused).toBe(what)
const composer = `textarea: ${en.message}`

/** Goes on by Tab until something has the focus. */
async function tabTo(what: string, key = '{Tab}'): Promise<void> {
  for (let steps = 0; steps < 30 && focused() !== what; steps++) await press(key)
  await expectFocus(what)
}

it('needs no mouse for anything, and always says where one is', async () => {
  await page.viewport(1000, 640)
  const provider = createManualProvider()
  await render(<App provider={provider} />)
  const answer = async (count: number, text: string) => {
    await expect.poll(() => provider.requests).toHaveLength(count)
    provider.say(text)
    provider.finish('stop')
    await expect.element(page.getByRole('button', { name: en.stop })).not.toBeInTheDocument()
  }

  // Ask, and stop.
  await expectFocus(composer)
  await press('How does it turn?{Enter}')
  await expect.poll(() => provider.requests).toHaveLength(1)
  provider.say('By wat')
  await expect.element(page.getByText('By wat', { exact: true }).first()).toBeVisible()
  await press('{Escape}')
  await expect.element(page.getByRole('button', { name: en.continueAnswer })).toBeVisible()
  await expectFocus(composer)

  // Continue where it was stopped: to its button, by Tab from its turn.
  await press('{Escape}{End}')
  await expectFocus('turn: By wat')
  await tabTo(`button: ${en.continueAnswer}`)
  await press('{Enter}')
  await answer(2, 'er.\n\n```ts\nturn()\n```')
  await expectFocus(`log: ${en.transcript}`)

  // Read a block of code, and copy it.
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await press('b')
  await expectFocus(`group: ${en.code}, ts`)
  await press('{Shift>}{Tab}{/Shift}')
  await expectFocus(`button: ${en.copy}`)
  await press('{Enter}')
  expect(writeText).toHaveBeenCalledWith('turn()')
  await press('{Escape}')
  expect(focused()).toMatch(/^turn: By water/)

  // Rate it, without saying why.
  await press('d')
  await expectFocus('input: ')
  expect(rated).toHaveBeenCalledWith('down')
  await press('{Escape}')
  await expectFocus(`button: ${en.badAnswer}`)
  await press('{Escape}')

  // Edit the question, and go back to the first version of it.
  await press('{Home}e')
  await expectFocus(composer)
  expect((document.activeElement as HTMLTextAreaElement).value).toBe('How does it turn?')
  await press(' Say.{Enter}')
  await answer(3, 'Round.')
  await expectFocus(`button: ${en.editMessage}`)
  await press('{Escape}')
  await expectFocus('turn: How does it turn? Say.')
  await press('{ArrowLeft}')
  await expectFocus(`button: ${en.previousBranch}`)
  await press('{Escape}')
  await expectFocus('turn: How does it turn?')
  await press('{ArrowRight}')
  await expectFocus(`button: ${en.nextBranch}`)

  // Another answer in its place.
  await press('{Escape}{ArrowDown}')
  await expectFocus('turn: Round.')
  await press('r')
  await answer(4, 'Slowly.')
  await expectFocus(`log: ${en.transcript}`)

  // A tool that asks first.
  await press('{Escape}')
  await expectFocus(composer)
  await press('Book it{Enter}')
  await expect.poll(() => provider.requests).toHaveLength(5)
  provider.emit(
    { type: 'tool-call-start', toolCallId: '1', toolName: 'book' },
    { type: 'tool-call-delta', toolCallId: '1', argumentsText: '{"seats":2}' },
    { type: 'tool-call-end', toolCallId: '1' },
  )
  provider.finish('tool-calls')
  await expect.element(page.getByRole('form', { name: en.approval('book') })).toBeVisible()
  await expectFocus(composer)
  await press('{Escape}{End}')
  await tabTo(`button: ${en.allow}`)
  await press('{Enter}')
  await answer(6, 'It is booked.')
  expect(focused()).toMatch(/^summary: book/)

  // Attach a file: the button opens the browser's own dialog, which no page can see.
  await press('{F6}')
  await expectFocus(composer)
  const choose = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => {})
  await tabTo(`button: ${en.attachFiles}`)
  await press('{Enter}')
  expect(choose).toHaveBeenCalledOnce()
  await userEvent.upload(
    document.querySelector('.mr-composer input[type=file]') as HTMLInputElement,
    new File(['words'], 'notes.txt', { type: 'text/plain' }),
  )
  await expectFocus(composer)
  await tabTo(`button: ${en.removeFile('notes.txt')}`, '{Shift>}{Tab}{/Shift}')
  await press('{Enter}')
  await expectFocus(composer)

  // The list of keys, and the menu that exports.
  await press('{Escape}?')
  await expect.element(page.getByRole('dialog', { name: en.shortcuts })).toHaveFocus()
  await press('{Escape}')
  await expectFocus(`log: ${en.transcript}`)
  await press('{Shift>}{F6}{/Shift}')
  await expectFocus(`button: ${en.shortcuts}`)
  await tabTo(`button: ${en.export}`)
  const download = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  await press('{ArrowDown}')
  await expectFocus(`menuitem: ${en.exportJson}`)
  await press('{ArrowDown}{Enter}')
  expect(download).toHaveBeenCalledOnce()
  await expectFocus(`button: ${en.export}`)

  // Rename the chat in the list.
  await press('{Shift>}{F6}{/Shift}')
  await expectFocus(`button: ${en.newChat}`)
  await tabTo('button: How does it turn?')
  await press('{F2}')
  await expectFocus(`input: ${en.threadTitle}`)
  await press('About water{Enter}')
  await expectFocus('button: About water')

  // And back to where one writes.
  await press('{Shift>}{F6}{/Shift}')
  await expectFocus(composer)
})
