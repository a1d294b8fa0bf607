import { ChatError, holysheep } from '@millrace/core'
import { afterEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { renderChat, smallerThan, turns } from '../test-support/targets.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Chat } from './chat.tsx'

afterEach(() => cleanup())

describe('what can be pressed', () => {
  it('has 24 pixels and more for a pointer', async () => {
    await renderChat()
    expect(document.querySelectorAll('button').length).toBeGreaterThan(8)
    expect(smallerThan(24)).toEqual([])
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
  const { store } = createTestChat({ messages: turns })
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
