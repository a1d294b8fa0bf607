import { ChatError, holysheep } from '@millrace/core'
import { afterEach, describe, expect, it } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { attachments } from '../attachments/attachments.ts'
import { ExportMenu } from '../export-menu/export-menu.tsx'
import { Feedback } from '../message-actions/feedback.tsx'
import { MoreActions } from '../message-actions/more-actions.tsx'
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx'
import { en } from '../strings/all.ts'
import '../styles.css'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Chat } from './chat.tsx'

const files = attachments()

async function touch(enabled: boolean): Promise<void> {
  await cdp().send('Emulation.setTouchEmulationEnabled', { enabled, maxTouchPoints: 1 })
}

afterEach(async () => {
  await touch(false)
  await cleanup()
})

const messages = [
  { role: 'user', content: 'Question' },
  { role: 'assistant', content: 'Look:\n\n```ts\nturn()\n```', finishReason: 'length' },
] as const

const extras = () => (
  <MoreActions>
    <Feedback onFeedback={() => {}} />
  </MoreActions>
)

async function renderChat(): Promise<void> {
  const { store } = createTestChat({ messages, attachments: files })
  const chat = { store }
  const header = (
    <>
      <ShortcutsDialog />
      <ExportMenu chat={chat} />
    </>
  )
  await render(
    <div style={{ blockSize: 700 }}>
      <Chat chat={chat} attachments={files} actions={extras} header={header} />
    </div>,
  )
}

/** What can be pressed and is smaller than that, each with its size. */
function smallerThan(pixels: number): string[] {
  const targets = document.querySelectorAll<HTMLElement>('button, summary, select, [role^="menuitem"], input')
  return [...targets]
    .filter((target) => target.checkVisibility({ opacityProperty: true }))
    .map((target) => ({ target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => Math.min(box.width, box.height) < pixels - 0.5)
    .map(({ target, box }) => `${target.ariaLabel ?? target.textContent} ${box.width} × ${box.height}`)
}

describe('what can be pressed', () => {
  it('has 24 pixels and more for a pointer', async () => {
    await renderChat()
    expect(document.querySelectorAll('button').length).toBeGreaterThan(8)
    expect(smallerThan(24)).toEqual([])
  })

  it('has 44 for a finger, in menus and dialogs too', async () => {
    await touch(true)
    await renderChat()
    await expect.poll(() => smallerThan(44)).toEqual([])
    // Those of a question appear once it is touched.
    await page.getByText('Question').click()
    await expect.element(page.getByRole('button', { name: en.editMessage })).toBeVisible()
    await expect.poll(() => smallerThan(44)).toEqual([])
    await page.getByRole('button', { name: en.export }).click()
    expect(document.querySelectorAll('[role="menuitem"]').length).toBe(3)
    await expect.poll(() => smallerThan(44)).toEqual([])
    await userEvent.keyboard('{Escape}')
    await page.getByRole('button', { name: en.shortcuts }).click()
    await expect.element(page.getByRole('button', { name: en.close })).toBeVisible()
    await expect.poll(() => smallerThan(44)).toEqual([])
  })

  it('shows where the focus is', async () => {
    await renderChat()
    const targets = [...document.querySelectorAll<HTMLElement>('button, textarea, [tabindex="0"]')]
    await userEvent.keyboard('{Tab}')
    for (const target of targets.filter((each) => each.checkVisibility())) {
      target.focus()
      const ring = (element: Element | null) => (element ? getComputedStyle(element) : undefined)
      const shown = [target, target.closest('.mr-composer-field')].map(ring)
      const isShown = shown.some((style) => style && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'))
      expect(isShown, target.ariaLabel ?? target.className).toBe(true)
      // Close to others, and at the edge of its turn, the ring of an icon would be cut off.
      if (target.matches('.mr-icon-button')) expect(getComputedStyle(target).outlineOffset).toBe('-2px')
    }
  })

  it('has its words in the middle, also where it is a link', async () => {
    const error = new ChatError('payment-required')
    const { store } = createTestChat({
      provider: holysheep,
      messages: [
        { role: 'user', content: 'Question' },
        { role: 'assistant', error, finishReason: 'error' },
      ],
    })
    await render(<Chat chat={{ store }} remedies={{ billingURL: 'https://mill.test/credit' }} />)
    const link = page.getByRole('link', { name: en.addCredit }).element()
    const words = document.createRange()
    words.selectNodeContents(link)
    const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2
    const offset = middle(words.getBoundingClientRect()) - middle(link.getBoundingClientRect())
    // Letters stand on whole pixels.
    expect(Math.abs(offset)).toBeLessThan(1)
    expect(getComputedStyle(link).textDecorationLine).toBe('none')
  })

  it('stands in one row below a question that is changed on a phone', async () => {
    await renderChat()
    const [question] = document.querySelectorAll<HTMLElement>('.mr-message')
    question?.closest<HTMLElement>('.millrace')?.style.setProperty('inline-size', '340px')
    question?.querySelector<HTMLElement>(`[aria-label="${en.editMessage}"]`)?.click()
    const topOf = (name: string) => page.getByRole('button', { name }).element().getBoundingClientRect().top
    await expect.element(page.getByRole('button', { name: en.save })).toBeVisible()
    expect(topOf(en.save)).toBe(topOf(en.cancel))
  })
})

it('is no wider than its page where only the chat is written from right to left', async () => {
  const { store } = createTestChat({ messages })
  await render(
    <div data-testid="page" style={{ position: 'relative', overflow: 'auto' }}>
      <div dir="rtl" style={{ blockSize: 700 }}>
        <Chat chat={{ store }} />
      </div>
    </div>,
  )
  const { scrollWidth, clientWidth } = page.getByTestId('page').element()
  expect(scrollWidth).toBe(clientWidth)
})
