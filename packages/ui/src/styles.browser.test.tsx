import { afterEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { Chat } from './chat/chat.tsx'
import './styles.css'
import { createTestChat } from './test-support/test-chat.tsx'

const word = 'pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(5)
const messages = [
  { role: 'user', content: word },
  { role: 'assistant', content: `Giá hôm nay: ${word}`, finishReason: 'incomplete' },
] as const

async function renderChat(props: { readonly theme?: 'light' | 'dark'; readonly around?: 'light' | 'dark' } = {}) {
  const { store } = createTestChat({ messages })
  await render(
    <div data-theme={props.around} style={{ blockSize: 500 }}>
      <Chat chat={{ store }} theme={props.theme} />
    </div>,
  )
  return page.getByRole('region').element() as HTMLElement
}

/** How light the page of the chat is, 0 to 1. */
const lightness = (chat: HTMLElement) =>
  Number(/oklch\(([\d.]+)/.exec(getComputedStyle(chat).backgroundColor)?.[1] ?? Number.NaN)

afterEach(async () => {
  await cleanup()
  await page.viewport(1280, 800)
})

describe('the style sheet', () => {
  it('touches nothing outside', () => {
    const selectors = [...document.styleSheets].flatMap((sheet) => selectorsOf(sheet.cssRules))
    const own = selectors.filter((selector) => selector.includes('mr-') || selector.includes('millrace'))
    expect(own.length).toBeGreaterThan(50)
    for (const selector of own) {
      for (const alternative of selector.split(/,(?![^(]*\))/)) expect(alternative).toMatch(/\.(mr-|millrace)/)
    }
  })

  it('gives way to a plain rule of the host', async () => {
    const host = document.createElement('style')
    host.textContent = 'section { background: rgb(1, 2, 3) }'
    document.head.append(host)
    expect(getComputedStyle(await renderChat()).backgroundColor).toBe('rgb(1, 2, 3)')
    host.remove()
  })
})

describe('the theme', () => {
  it('is that of an ancestor', async () => {
    expect(lightness(await renderChat({ around: 'dark' }))).toBeLessThan(0.3)
  })

  it('is rather its own', async () => {
    expect(lightness(await renderChat({ around: 'dark', theme: 'light' }))).toBeGreaterThan(0.9)
  })
})

describe('the layout', () => {
  it.each([320, 390, 1280])('never scrolls sideways at %i pixels', async (width) => {
    await page.viewport(width, 800)
    const chat = await renderChat()
    for (const element of [
      document.documentElement,
      ...chat.querySelectorAll('.mr-thread-scroller, .mr-text, .mr-card'),
    ]) {
      expect(element.scrollWidth, element.className).toBeLessThanOrEqual(element.clientWidth + 1)
    }
  })
})

function selectorsOf(rules: CSSRuleList): string[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSStyleRule) return [rule.selectorText]
    if (rule instanceof CSSKeyframesRule) return []
    if (rule instanceof CSSImportRule) return rule.styleSheet ? selectorsOf(rule.styleSheet.cssRules) : []
    return 'cssRules' in rule ? selectorsOf(rule.cssRules as CSSRuleList) : []
  })
}
