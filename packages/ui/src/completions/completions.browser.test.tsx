import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { Composer } from '../composer/composer.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Completions } from './completions.tsx'
import { mentions } from './mentions.ts'

const names = ['Anna', 'Ánh', 'Bob', ...Array.from({ length: 30 }, (_, n) => `Cousin ${n}`)]
const people = [mentions({ search: names.map((label) => ({ label, detail: 'of the mill' })) })]

let field: HTMLTextAreaElement
const list = () => document.querySelector<HTMLElement>('.mr-completions')

async function show(style: React.CSSProperties, dir: 'ltr' | 'rtl' = 'ltr') {
  await page.viewport(390, 700)
  await render(
    <div className="millrace" dir={dir} style={{ display: 'grid', blockSize: '100vh', ...style }}>
      <Composer autoFocus>
        <Completions triggers={people} />
      </Composer>
    </div>,
    { wrapper: createTestChat().wrapper },
  )
  field = page.getByRole('textbox').element() as HTMLTextAreaElement
}

afterEach(async () => {
  await cleanup()
  await page.viewport(414, 896)
})

describe('a list at the bottom of a phone', () => {
  beforeEach(() => show({ alignItems: 'end' }))

  it('is above the composer, as wide as it, and on the screen', async () => {
    await userEvent.keyboard('@')
    const place = list()?.getBoundingClientRect()
    const composer = document.querySelector('.mr-composer-field')?.getBoundingClientRect()
    expect(place?.width).toBeCloseTo((composer?.width ?? 0) - 2, 0)
    expect(place?.bottom).toBeLessThan(composer?.top ?? 0)
    expect(place?.top).toBeGreaterThanOrEqual(0)
  })

  it('opens in the middle of a text, and leaves what is behind the cursor', async () => {
    await userEvent.keyboard('Ask  today{ArrowLeft>6}{/ArrowLeft}@an{Enter}')
    expect(field.value).toBe('Ask @Anna today')
    await userEvent.keyboard('now ')
    expect(field.value).toBe('Ask @Anna now today')
  })

  it('closes when the cursor leaves the word', async () => {
    await userEvent.keyboard('Hi @an')
    expect(list()).not.toBeNull()
    await userEvent.keyboard('{Home}')
    await expect.poll(list).toBeNull()
  })

  it('writes what the browser can undo', async () => {
    await userEvent.keyboard('@an{Enter}')
    expect(field.value).toBe('@Anna ')
    await userEvent.keyboard('{Control>}z{/Control}')
    expect(field.value).toBe('@an')
  })

  it('scrolls to the one that is marked', async () => {
    await userEvent.keyboard('@{ArrowUp}')
    const marked = document.getElementById(field.getAttribute('aria-activedescendant') ?? '')
    expect(marked?.textContent).toContain('Cousin 29')
    const place = list()?.getBoundingClientRect()
    await expect.poll(() => (marked?.getBoundingClientRect().bottom ?? 0) <= (place?.bottom ?? 0)).toBe(true)
  })

  it('takes a click, and the field keeps the focus', async () => {
    await userEvent.keyboard('@')
    await userEvent.click(page.getByRole('option', { name: 'Bob of the mill' }))
    expect(field.value).toBe('@Bob ')
    expect(document.activeElement).toBe(field)
  })

  it('narrows while an input method composes, whose Enter it leaves alone', async () => {
    const session = cdp()
    await userEvent.keyboard('@')
    await session.send('Input.imeSetComposition', { text: 'Án', selectionStart: 2, selectionEnd: 2 })
    expect(page.getByRole('option').elements()).toHaveLength(2)
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 229 })
    expect(field.value).toBe('@Án')
    await session.send('Input.insertText', { text: 'Ánh' })
    await userEvent.keyboard('{Enter}')
    expect(field.value).toBe('@Ánh ')
  })
})

describe('a list at the top of the page', () => {
  it('is below the composer', async () => {
    await show({ alignItems: 'start' })
    await userEvent.keyboard('@')
    const composer = document.querySelector('.mr-composer-field')?.getBoundingClientRect()
    expect(list()?.getBoundingClientRect().top).toBeGreaterThan(composer?.bottom ?? 0)
  })
})

describe('a text from right to left', () => {
  it('has its words completed too', async () => {
    await show({ alignItems: 'end' }, 'rtl')
    await userEvent.keyboard('مرحبا @an{Enter}')
    expect(field.value).toBe('مرحبا @Anna ')
  })
})
