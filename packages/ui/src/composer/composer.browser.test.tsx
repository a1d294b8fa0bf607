import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { attachments } from '../attachments/attachments.ts'
import { SendEstimate } from '../budget/send-estimate.tsx'
import { en } from '../strings/all.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { Composer } from './composer.tsx'

let chat: TestChat
let field: HTMLTextAreaElement

const sent = () =>
  chat.store
    .getState()
    .messages.filter(({ role }) => role === 'user')
    .map(({ content }) => content)

beforeEach(async () => {
  chat = createTestChat()
  await render(
    <div className="millrace">
      <Composer autoFocus />
    </div>,
    { wrapper: chat.wrapper },
  )
  field = page.getByRole('textbox').element() as HTMLTextAreaElement
})
afterEach(() => cleanup())

describe('the field', () => {
  it('is as high as its text, up to a limit, and low again when it is sent', async () => {
    const low = field.clientHeight
    await userEvent.keyboard('One{Shift>}{Enter}{/Shift}two{Shift>}{Enter}{/Shift}three')
    const high = field.clientHeight
    expect(high).toBeGreaterThan(low + 40)
    await userEvent.fill(field, 'line\n'.repeat(50))
    expect(field.clientHeight).toBeGreaterThan(high)
    expect(field.clientHeight).toBeLessThanOrEqual(220)
    await userEvent.keyboard('{Enter}')
    expect(field.clientHeight).toBe(low)
  })

  it('is between 48 and 220 pixels high with the box around it', async () => {
    const box = () => field.parentElement?.getBoundingClientRect().height ?? 0
    expect(box()).toBeGreaterThanOrEqual(48)
    await userEvent.fill(field, 'line\n'.repeat(50))
    expect(field.getBoundingClientRect().height).toBe(220)
  })

  it('has text that no phone zooms into, whatever the page makes of its letters', () => {
    const page = document.documentElement
    page.style.fontSize = '10px'
    expect(Number.parseFloat(getComputedStyle(field).fontSize)).toBeGreaterThanOrEqual(16)
    page.style.fontSize = ''
  })
})

describe('a browser that does not size fields by their content', () => {
  it('has the height measured', async () => {
    vi.spyOn(CSS, 'supports').mockReturnValue(false)
    field.style.setProperty('field-sizing', 'fixed')
    const low = field.clientHeight
    await userEvent.keyboard('One{Shift>}{Enter}{/Shift}two{Shift>}{Enter}{/Shift}three')
    expect(field.clientHeight).toBeGreaterThan(low + 40)
    expect(field.clientHeight).toBe(field.scrollHeight)
    await userEvent.fill(field, 'line\n'.repeat(50))
    expect(field.clientHeight).toBe(220)
    await userEvent.keyboard('{Enter}')
    expect(field.clientHeight).toBe(low)
    vi.restoreAllMocks()
  })
})

describe('what was sent', () => {
  it('is gone through by ArrowUp though it has several lines, and the draft comes back', async () => {
    await userEvent.keyboard('One{Shift>}{Enter}{/Shift}line{Enter}')
    await userEvent.keyboard('Two{Enter}Draft{Home}{ArrowUp}')
    expect(field.value).toBe('Two')
    await userEvent.keyboard('{ArrowUp}')
    expect(field.value).toBe('One\nline')
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    expect(field.value).toBe('Draft')
  })
})

describe('a phone', () => {
  it('has all buttons in one row, while an answer is on its way too', async () => {
    await cleanup()
    await page.viewport(390, 700)
    chat = createTestChat({ messages: [{ role: 'user', content: 'x'.repeat(40_000) }] })
    await render(
      <div className="millrace">
        <Composer attachments={attachments()}>
          <button type="button" style={{ inlineSize: 80 }}>
            A
          </button>
          <button type="button" style={{ inlineSize: 80 }}>
            B
          </button>
          <SendEstimate />
        </Composer>
      </div>,
      { wrapper: chat.wrapper },
    )
    void chat.store.sendMessage('Question')
    await userEvent.fill(page.getByRole('textbox'), 'Next')
    await expect.element(page.getByText(/tokens/)).toBeVisible()
    const names = [en.attachFiles, 'A', 'B', en.stop, en.sendQueued]
    const places = names.map((name) =>
      page.getByRole('button', { name, exact: true }).element().getBoundingClientRect(),
    )
    expect(new Set(places.map(({ bottom }) => bottom)).size).toBe(1)
    await page.viewport(414, 896)
  })
})

describe('the focus', () => {
  it('stays in the field when one sends with the mouse', async () => {
    await userEvent.keyboard('Hello')
    await userEvent.click(page.getByRole('button', { name: en.send }))
    expect(sent()).toEqual(['Hello'])
    expect(document.activeElement).toBe(field)
  })

  it('returns to the field when one sends from the button', async () => {
    await userEvent.keyboard('Hello{Tab}{Enter}')
    expect(sent()).toEqual(['Hello'])
    expect(document.activeElement).toBe(field)
  })
})

describe('an input method', () => {
  it('has its Enter to itself', async () => {
    const session = cdp()
    await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
    expect(field.value).toBe('にほん')
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 229 })
    expect(sent()).toEqual([])
    await session.send('Input.insertText', { text: '日本' })
    await userEvent.keyboard('{Enter}')
    expect(sent()).toEqual(['日本'])
  })
})

it('begins what waits where the page does, whichever way it is written', async () => {
  document.querySelector('.millrace')?.setAttribute('dir', 'rtl')
  void chat.store.sendMessage('First')
  void chat.store.sendMessage('Waits')
  await expect.element(page.getByText('Waits')).toBeVisible()
  const rightOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().right
  expect(rightOf('.mr-queued-text')).toBe(rightOf('.mr-queued'))
})
