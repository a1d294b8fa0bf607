import { exportThread, type Thread, type ThreadLabels } from '@millrace/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { createTestChat } from '../test-support/test-chat.tsx'
import { ExportMenu } from './export-menu.tsx'

const downloads: { readonly name: string; readonly text: Promise<string> }[] = []
const imported: (Thread & ThreadLabels)[] = []
const question = { role: 'user', content: 'How much?' } as const
const answer = { role: 'assistant', content: 'Eight dollars.', finishReason: 'stop' } as const

beforeEach(() => {
  const blobs = new Map<string, Blob>()
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const url = `#blob-${blobs.size}`
    blobs.set(url, blob as Blob)
    return url
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const text = blobs.get(this.hash)?.text() ?? Promise.reject(new Error('nothing was downloaded'))
    downloads.push({ name: this.download, text })
  })
})
afterEach(async () => {
  await cleanup()
  vi.restoreAllMocks()
  downloads.length = 0
  imported.length = 0
})

async function renderMenu(messages: readonly (typeof question | typeof answer)[] = [question, answer]) {
  const { store } = createTestChat({ messages })
  await render(
    <div className="millrace">
      <ExportMenu chat={{ store }} title="The price" onImport={(thread) => imported.push(thread)} />
    </div>,
  )
  return store
}

const trigger = () => page.getByRole('button', { name: en.export })

async function pick(name: string): Promise<void> {
  await trigger().click()
  await page.getByRole('menuitem', { name }).click()
}

async function openFile(text: string): Promise<void> {
  const file = new File([text], 'chat.json', { type: 'application/json' })
  await userEvent.upload(document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement, file)
}

it('downloads all there is as JSON, and reads it back', async () => {
  const store = await renderMenu()
  await pick(en.exportJson)
  const [{ name, text } = expect.fail('nothing was downloaded')] = downloads
  expect(name).toBe('The-price.json')
  await openFile(await text)
  await expect.poll(() => imported).toHaveLength(1)
  expect(imported[0]).toEqual({
    messages: store.getState().messages,
    forks: new Map(),
    id: store.id,
    title: 'The price',
  })
})

it('downloads what is shown as Markdown', async () => {
  await renderMenu()
  await pick(en.exportMarkdown)
  expect(downloads[0]?.name).toBe('The-price.md')
  expect(await downloads[0]?.text).toContain('Eight dollars.')
})

it('prints', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => {})
  await renderMenu()
  await pick(en.print)
  expect(print).toHaveBeenCalledOnce()
})

it('has nothing to download of a chat without messages, and still opens a file', async () => {
  const store = await renderMenu([])
  await trigger().click()
  for (const name of [en.exportJson, en.exportMarkdown, en.print])
    await expect.element(page.getByRole('menuitem', { name })).toHaveAttribute('aria-disabled', 'true')
  await openFile(exportThread(store.getState()))
  await expect.poll(() => imported).toHaveLength(1)
})

it('says what is wrong with a file, and takes nothing from it', async () => {
  await renderMenu()
  await openFile('{"format":"other"}')
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(`${en.importFailed} format has to be "millrace-thread".`)
  expect(imported).toEqual([])
})

it('is gone through by keyboard, and gives the focus back', async () => {
  await renderMenu()
  ;(trigger().element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem', { name: en.exportJson })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: en.exportMarkdown })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(trigger()).toHaveFocus()
})

it('has the colours of the chat that it is in', async () => {
  await renderMenu()
  await trigger().click()
  const menu = page.getByRole('menu').element()
  expect(menu.closest('.millrace')).not.toBeNull()
  expect(getComputedStyle(menu).borderRadius).toBe('10px')
})
