import type { MessageInit } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { Chat, type ChatLook } from '../chat/chat.tsx'
import { CompareView } from '../compare-view/compare-view.tsx'
import '../styles.css'
import { emulateMedia } from '../test-support/emulate-media.ts'
import { paintedColor, paintedContrast } from '../test-support/painted-color.ts'
import { createTestChat } from '../test-support/test-chat.tsx'

const answer = [
  'The wheel turns by [weight](https://mill.test/weight), not by speed: https://mill.test/speed, www.mill.test',
  '',
  '```ts',
  `const race = '${'water '.repeat(60)}'`,
  '```',
].join('\n')

const messages: readonly MessageInit[] = [
  ...Array.from({ length: 4 }, (_, index): MessageInit => ({ role: 'user', content: `Question ${index}` })),
  { role: 'assistant', content: answer, finishReason: 'stop' },
]

async function renderChat(around: Record<`data-${string}`, string> = {}, look: ChatLook = {}): Promise<HTMLElement> {
  const { store } = createTestChat({ messages })
  await render(
    <div {...around} style={{ blockSize: 400 }}>
      <Chat chat={{ store }} {...look} />
    </div>,
  )
  await expect.element(page.getByRole('link').first()).toBeInTheDocument()
  return page.getByRole('region').first().element() as HTMLElement
}

const find = (root: Element, selector: string): HTMLElement => {
  const element = root.querySelector<HTMLElement>(selector)
  if (!element) throw new Error(`There is no ${selector}.`)
  return element
}
const token = (chat: HTMLElement, name: string) => getComputedStyle(chat).getPropertyValue(name)

afterEach(async () => {
  await cleanup()
  await emulateMedia()
})

describe('on paper', () => {
  it('is the whole thread, and nothing to press', async () => {
    const chat = await renderChat()
    const scroller = find(chat, '[role="log"]')
    expect(scroller.scrollHeight).toBeGreaterThan(scroller.clientHeight)
    await emulateMedia({ media: 'print' })
    expect(getComputedStyle(scroller).overflowY).toBe('visible')
    expect(Math.ceil(chat.getBoundingClientRect().height)).toBeGreaterThanOrEqual(scroller.scrollHeight)
    const controls = [...chat.querySelectorAll<HTMLElement>('button, textarea, input')]
    expect(controls.length).toBeGreaterThan(3)
    for (const control of controls) expect(control.checkVisibility(), control.outerHTML).toBe(false)
  })

  it('says where links lead, and wraps code', async () => {
    const chat = await renderChat()
    const link = find(chat, '.mr-prose a')
    const code = find(chat, '.mr-code > pre')
    expect(getComputedStyle(link, '::after').content).toBe('none')
    expect(code.scrollWidth).toBeGreaterThan(code.clientWidth)
    await emulateMedia({ media: 'print' })
    expect(getComputedStyle(link, '::after').content).toContain('https://mill.test/weight')
    expect(code.scrollWidth).toBe(code.clientWidth)
  })

  it('says an address once where the link is nothing else', async () => {
    const chat = await renderChat()
    const bare = [...chat.querySelectorAll('.mr-prose a[data-bare]')]
    expect(bare.map(({ textContent }) => textContent)).toEqual(['https://mill.test/speed', 'www.mill.test'])
    await emulateMedia({ media: 'print' })
    for (const link of bare) expect(getComputedStyle(link, '::after').content).toBe('none')
  })

  it('is dark on white, whatever the theme', async () => {
    const chat = await renderChat({}, { theme: 'dark' })
    await emulateMedia({ media: 'print' })
    expect(paintedContrast(getComputedStyle(chat).color, '#fff')).toBeGreaterThan(12)
  })
})

describe('with more contrast', () => {
  const pairs = [
    ['--mr-color-text', 12],
    ['--mr-color-muted', 7],
    ['--mr-color-accent', 7],
    ['--mr-color-danger', 7],
    ['--mr-color-control', 4.5],
    ['--mr-color-hairline', 3],
    ['--mr-color-ring', 4.5],
    ['--mr-code-comment', 7],
  ] as const

  async function expectStrong(theme: 'light' | 'dark', around: Record<`data-${string}`, string> = {}) {
    const chat = await renderChat(around, { theme })
    const probe = chat.appendChild(document.createElement('i'))
    for (const surface of ['--mr-color-page', '--mr-color-raised'] as const) {
      for (const [name, needed] of pairs) {
        probe.style.color = `var(${name})`
        probe.style.backgroundColor = `var(${surface})`
        const { color, backgroundColor } = getComputedStyle(probe)
        expect(paintedContrast(color, backgroundColor), `${name} on ${surface}`).toBeGreaterThanOrEqual(needed)
      }
    }
  }

  it.each(['light', 'dark'] as const)('is strong in %s, where the system says so', async (theme) => {
    await emulateMedia({ features: { 'prefers-contrast': 'more' } })
    await expectStrong(theme)
  })

  it.each(['light', 'dark'] as const)('is strong in %s, where the page says so', async (theme) => {
    await expectStrong(theme, { 'data-contrast': 'more' })
  })

  it('is as usual where the page says so', async () => {
    const usual = token(await renderChat(), '--mr-color-muted')
    await cleanup()
    await emulateMedia({ features: { 'prefers-contrast': 'more' } })
    expect(token(await renderChat({ 'data-contrast': 'normal' }), '--mr-color-muted')).toBe(usual)
  })
})

describe('a density', () => {
  it('takes less room or more, and its controls can still be hit', async () => {
    const heights: number[] = []
    for (const density of ['compact', 'default', 'roomy']) {
      const chat = await renderChat({ 'data-density': density })
      heights.push(find(chat, '[data-role="assistant"]').getBoundingClientRect().height)
      for (const button of chat.querySelectorAll('button')) {
        const { width, height } = button.getBoundingClientRect()
        expect(Math.min(width, height), button.outerHTML).toBeGreaterThanOrEqual(24)
      }
      await cleanup()
    }
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
    expect(new Set(heights).size).toBe(3)
  })
})

describe('where colours are forced', () => {
  it('has an edge around whatever stood out by its colour', async () => {
    await emulateMedia({ features: { 'forced-colors': 'active' } })
    const chat = await renderChat()
    for (const selector of ['[data-role="user"] .mr-text', '.mr-code', '.mr-composer-field']) {
      const { borderBlockStartWidth, borderBlockStartColor } = getComputedStyle(find(chat, selector))
      expect(Number.parseFloat(borderBlockStartWidth), selector).toBeGreaterThan(0)
      expect(paintedColor(borderBlockStartColor)[3], selector).toBe(255)
    }
  })
})

describe('where colours are forced, one can tell', () => {
  const colorOf = (element: Element, name: 'color' | 'borderBlockEndColor') => getComputedStyle(element)[name]
  beforeEach(() => emulateMedia({ features: { 'forced-colors': 'active' } }))

  it('what is greyed', async () => {
    await renderChat()
    const button = page.getByRole('button', { name: 'Send' })
    const grey = colorOf(button.element(), 'color')
    await page.getByPlaceholder('Ask anything').fill('Hello')
    expect(colorOf(button.element(), 'color')).not.toBe(grey)
  })

  it('which tab is open', async () => {
    const { store, wrapper: Wrapper } = createTestChat()
    const ids = ['one', 'two']
    store.setMessages(ids.map((id) => ({ id, role: 'assistant' as const, content: id, model: id })))
    await render(
      <Wrapper>
        <div className="millrace" style={{ inlineSize: 400 }}>
          <CompareView messageId="one" ids={ids} />
        </div>
      </Wrapper>,
    )
    await expect.element(page.getByRole('tab').first()).toBeVisible()
    const edges = page
      .getByRole('tab')
      .elements()
      .map((tab) => colorOf(tab, 'borderBlockEndColor'))
    expect(new Set(edges).size).toBe(2)
  })
})

describe('where less motion is wanted', () => {
  it('has nothing that moves, though something may fade in', async () => {
    await emulateMedia({ features: { 'prefers-reduced-motion': 'reduce' } })
    const { store } = createTestChat({ messages: [messages[0] as MessageInit] })
    void store.sendMessage('Go on')
    await render(<Chat chat={{ store }} />)
    await expect.element(page.getByText('Go on')).toBeVisible()
    const moving = document.getAnimations().filter((animation) => animation instanceof CSSAnimation)
    const names = moving.map((animation) => (animation as CSSAnimation).animationName)
    expect(names.filter((name) => name !== 'mr-appear')).toEqual([])
    store.stop()
  })
})

describe('Vietnamese capitals', () => {
  // The tallest and the deepest that the language has.
  const tall = 'ỄỬẶẪỖẴỰỢ'

  it.each(['compact', 'default', 'roomy'])('are not cut off in %s', async (density) => {
    const { store } = createTestChat({
      messages: [
        { role: 'user', content: tall },
        { role: 'assistant', content: `# ${tall}\n\n${tall}\n\n|${tall}|\n|-|\n|${tall}|`, finishReason: 'stop' },
      ],
    })
    await render(
      <div data-density={density} style={{ blockSize: 500 }}>
        <Chat chat={{ store }} />
      </div>,
    )
    const texts = () => [
      ...document.querySelectorAll<HTMLElement>('.mr-paragraph, .mr-prose :is(p, h1, h2, h3, h4, th, td)'),
    ]
    await expect.poll(() => texts().length).toBe(5)
    for (const element of texts()) expect(inkOf(element), element.outerHTML).toBeLessThanOrEqual(roomOf(element))
  })

  /** How high the letters are, from the tip of the highest mark to the dot below. */
  function inkOf(element: HTMLElement): number {
    const context = document.createElement('canvas').getContext('2d')
    if (!context) throw new Error('This browser has no canvas.')
    const { font } = getComputedStyle(element)
    context.font = font
    const { actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(tall)
    return actualBoundingBoxAscent + actualBoundingBoxDescent
  }

  const roomOf = (element: HTMLElement) => Number.parseFloat(getComputedStyle(element).lineHeight)
})
