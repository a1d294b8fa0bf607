import { afterEach, beforeEach, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { attachments } from './attachments.ts'

const square = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8H0z"/></svg>`
const picture = new File([square], 'square.svg', { type: 'image/svg+xml' })
const notes = new File(['words'], 'notes.txt', { type: 'text/plain' })

beforeEach(async () => {
  const files = attachments()
  const { store } = createTestChat({ attachments: files })
  await render(
    <div style={{ blockSize: 400 }}>
      <Chat chat={{ store }} attachments={files} />
    </div>,
  )
})
afterEach(() => cleanup())

function holding(...files: File[]): DataTransfer {
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  return data
}

const drag = (type: string, dataTransfer: DataTransfer) =>
  page
    .getByRole('log')
    .element()
    .dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))

it('takes files that are dropped on the transcript, which the browser would open', async () => {
  expect(drag('dragover', holding(notes))).toBe(false)
  await expect.element(page.getByText(en.dropFiles)).toBeVisible()
  expect(drag('drop', holding(notes))).toBe(false)
  await expect.element(page.getByText('notes.txt')).toBeVisible()
  await expect.element(page.getByText(en.dropFiles)).not.toBeInTheDocument()
})

it('takes a picture from the clipboard, and shows it', async () => {
  const paste = new ClipboardEvent('paste', { clipboardData: holding(picture), bubbles: true, cancelable: true })
  expect(page.getByRole('textbox').element().dispatchEvent(paste)).toBe(false)
  const preview = page.getByAltText('square.svg')
  await expect.element(preview).toBeVisible()
  await expect.poll(() => (preview.element() as HTMLImageElement).naturalWidth).toBe(8)
})

it('has buttons that can be hit', async () => {
  drag('drop', holding(picture, notes))
  await expect.element(page.getByRole('button', { name: en.removeFile('notes.txt') })).toBeVisible()
  for (const name of [en.attachFiles, en.removeFile('square.svg'), en.removeFile('notes.txt')]) {
    const { width, height } = page.getByRole('button', { name }).element().getBoundingClientRect()
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
  }
})
