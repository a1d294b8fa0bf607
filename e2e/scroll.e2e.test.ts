import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type LongChat, type LongChatOptions, type LongChatSite, startLongChatSite } from './long-chat.ts'

// What people complain about in other chats, tried with a real wheel, finger and keyboard.

let browser: Browser
let site: LongChatSite
let chat: LongChat

beforeAll(async () => {
  browser = await openBrowser()
  site = await startLongChatSite(browser)
})
afterAll(() => browser?.close())

const paragraph = `${'The wheel turns and the stones grind. '.repeat(8)}\n\n`

/** A page at this zoom: as many fewer pixels, each as much larger. */
function zoomed(zoom: number): LongChatOptions {
  return {
    viewport: { width: Math.round(900 / zoom), height: Math.round(700 / zoom) },
    deviceScaleFactor: zoom,
    hasTouch: true,
  }
}

async function open(options: LongChatOptions): Promise<LongChat> {
  chat = await site.open(options)
  return chat
}

const jumpButton = () => chat.page.locator('.mr-jump-button')
const isAway = async () => (await jumpButton().count()) > 0

async function wheel(deltaY: number): Promise<void> {
  const box = await chat.page.getByRole('log').boundingBox()
  if (!box) throw new Error('There is no transcript.')
  await chat.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await chat.page.mouse.wheel(0, deltaY)
}

/** A finger that moves by so much, and is lifted. */
async function swipe(deltaY: number): Promise<void> {
  const [x, start] = [200, 300]
  const cdp = await chat.page.context().newCDPSession(chat.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x, y }] })
  await touch('touchStart', start)
  for (let step = 1; step <= 8; step++) await touch('touchMove', start + (deltaY * step) / 8)
  await touch('touchEnd')
  await cdp.detach()
}

async function press(key: string, times = 1): Promise<void> {
  await chat.page.getByRole('log').focus()
  for (let time = 0; time < times; time++) await chat.page.keyboard.press(key)
}

/** More of the answer, in so many pieces. */
async function grow(pieces = 3): Promise<void> {
  for (let piece = 0; piece < pieces; piece++) {
    await chat.say(paragraph)
    await chat.drawn()
  }
}

/** Whether the end is seen, at the latest a few frames after it came: a busy machine leaves some out. */
const followed = () => expect.poll(async () => (await chat.place()).distanceToEnd).toBeLessThan(2)

describe.each([0.67, 0.85, 1, 1.1, 1.5])('at a zoom of %d', (zoom) => {
  const size = zoomed(zoom)

  it('never stops following midway, however the answer comes', async () => {
    const { ask, say } = await open(size)
    await ask()
    for (const piece of [
      'A word. ',
      paragraph,
      '```ts\n',
      'const a = 1\n'.repeat(30),
      '```\n\n',
      '| a |\n| - |\n| b |\n\n',
    ]) {
      await say(piece)
      await chat.drawn()
      await followed()
    }
    await grow(5)
    await followed()
    expect(await isAway()).toBe(false)
  })

  it('never jumps when nothing comes', async () => {
    const { ask, page, finish } = await open(size)
    await ask()
    await grow()
    await finish()
    const scrolls = await page.getByRole('log').evaluate(async (log) => {
      let count = 0
      log.addEventListener('scroll', () => count++)
      for (let frame = 0; frame < 40; frame++) await new Promise(requestAnimationFrame)
      return count
    })
    expect(scrolls).toBe(0)
  })

  it.each([
    ['a wheel', () => wheel(-120)],
    ['a single small step of the wheel', () => wheel(-4)],
    ['a finger', () => swipe(150)],
    ['PageUp', () => press('PageUp')],
    ['ArrowUp', () => press('ArrowUp', 5)],
    ['Shift+Space', () => press('Shift+Space')],
    ['Home', () => press('Home')],
  ])('can be scrolled up while it streams, with %s', async (_, goUp) => {
    const { ask, settled, place } = await open(size)
    await ask()
    await grow(2)
    const before = await place()
    await goUp()
    const { top } = await settled()
    expect(top).toBeLessThan(before.top)
    await grow()
    expect((await place()).top).toBeCloseTo(top, 0)
    expect(await isAway()).toBe(true)
  })

  it('does not let go at the bottom when the wheel or a finger goes further down', async () => {
    const { ask } = await open(size)
    await ask()
    await wheel(200)
    await swipe(-150)
    await press('End')
    await grow()
    await followed()
  })

  it('takes the reader along again who scrolls back down', async () => {
    const { ask, settled } = await open(size)
    await ask()
    await wheel(-300)
    await settled()
    await wheel(2000)
    await settled()
    await grow()
    await followed()
    expect(await isAway()).toBe(false)
  })

  it('does not snap back to the end, whatever changes in it', async () => {
    const { ask, page, settled, place } = await open(size)
    await ask()
    await wheel(-400)
    const { top } = await settled()
    await page.evaluate(() => {
      const last = document.querySelector('article:last-of-type')
      last?.append(document.createElement('hr'))
      last?.setAttribute('data-touched', '')
    })
    await page.evaluate(() => window.lab.provider.finish('stop'))
    await settled()
    await grow(0)
    expect((await place()).top).toBeCloseTo(top, 0)
    await page.setViewportSize({ width: size.viewport?.width ?? 0, height: (size.viewport?.height ?? 0) - 80 })
    expect((await settled()).top).toBeCloseTo(top, 0)
  })

  it('shows the way back at the end of the stream as well, and nothing shifts then', async () => {
    const { ask, finish, settled } = await open(size)
    await ask()
    await grow(3)
    await wheel(-200)
    const { top } = await settled()
    await finish()
    expect((await settled()).top).toBeCloseTo(top, 0)
    expect(await isAway()).toBe(true)
  })

  it('follows again from the button, and keeps the focus in the thread', async () => {
    const { ask, page, settled } = await open(size)
    await ask()
    await wheel(-400)
    await settled()
    await jumpButton().focus()
    await page.keyboard.press('Enter')
    expect((await settled()).distanceToEnd).toBeLessThan(2)
    expect(await page.evaluate(() => document.activeElement?.closest('[role=log]') !== null)).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('ARTICLE')
    await grow()
    await followed()
  })

  it.each(['the very top', 'the middle'])('keeps the place when older turns are loaded, at %s', async (where) => {
    const { page, drawn, settled } = await open(size)
    await press('Home')
    await settled()
    if (where === 'the middle') await wheel(500)
    await settled()
    const marked = () =>
      page.evaluate(() => {
        const seen = document.querySelector('[data-marked]') ?? visibleTurn()
        seen?.setAttribute('data-marked', '')
        return seen?.getBoundingClientRect().top

        function visibleTurn(): Element | undefined {
          return [...document.querySelectorAll('article')].find((turn) => turn.getBoundingClientRect().bottom > 20)
        }
      })
    const before = await marked()
    await page.evaluate(() => window.lab.prepend(30))
    await drawn()
    // A pixel of the screen, which is 1.5 of the page at the smallest zoom.
    const shift = async () => Math.abs(((await marked()) ?? Number.NaN) - (before ?? Number.NaN))
    expect(await shift()).toBeLessThan(1.5)
    await settled()
    expect(await shift()).toBeLessThan(1.5)
  })

  it('brings the question to the top and keeps room below it, until the answer has filled it', async () => {
    const { ask, page, settled, finish } = await open({ ...size, follows: 'question' })
    await ask()
    const question = () =>
      page.evaluate(() => [...document.querySelectorAll('article[data-role=user]')].at(-1)?.getBoundingClientRect().top)
    await settled()
    const top = (await question()) ?? Number.NaN
    expect(top).toBeLessThan(60)
    await grow(2)
    expect(await question()).toBeCloseTo(top, 0)
    await grow(20)
    expect(await question()).toBeCloseTo(top, 0)
    expect(await isAway()).toBe(true)
    await finish()
    expect(await question()).toBeCloseTo(top, 0)
  })
})

describe('a transcript', () => {
  const size = zoomed(1)

  it('has its scrollbar at all times or never: its text does not move sideways while it streams', async () => {
    const { ask, page } = await open({ ...size, turns: 0 })
    const width = () => page.locator('.mr-thread-content').evaluate((content) => content.getBoundingClientRect().width)
    const before = await width()
    await ask()
    const seen = new Set([before])
    for (let piece = 0; piece < 12; piece++) {
      await grow(1)
      seen.add(await width())
    }
    expect([...seen]).toEqual([before])
  })

  it('is the only thing in the chat that scrolls up and down', async () => {
    const { page } = await open(size)
    const scrolling = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter(
          (element) =>
            element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(element).overflowY),
        ).length,
    )
    expect(scrolling).toBe(1)
  })

  it('does nothing to the scroller that it is in', async () => {
    const css = '.host { block-size: 500px; margin-block: 300px 2000px }'
    const { ask, page } = await open({ ...size, css })
    await page.evaluate(() => scrollTo(0, 120))
    await ask()
    await grow()
    expect(await page.evaluate(() => scrollY)).toBe(120)
    await followed()
    await wheel(-100)
    await chat.settled()
    // Playwright's own click may scroll.
    await jumpButton().evaluate((button) => (button as HTMLElement).click())
    await chat.settled()
    expect(await page.evaluate(() => scrollY)).toBe(120)
  })

  it('stays at its end in a panel that is dragged larger and smaller', async () => {
    const { ask, page, drawn } = await open({ ...size, css: '.host { block-size: 600px; inline-size: 800px }' })
    await ask()
    await grow()
    for (const [height, width] of [
      [500, 700],
      [300, 400],
      [280, 320],
      [450, 600],
      [600, 800],
    ]) {
      await page
        .locator('.host')
        .evaluate(
          (host, [blockSize, inlineSize]) => Object.assign((host as HTMLElement).style, { blockSize, inlineSize }),
          [`${height}px`, `${width}px`],
        )
      await drawn()
      await followed()
      expect(await isAway()).toBe(false)
    }
  })

  it('stays at its end above the keyboard of a phone, and the composer is seen', async () => {
    const phone = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true }
    const { ask, page, drawn } = await open(phone)
    await ask()
    await grow()
    await page.getByRole('textbox').focus()
    await page.setViewportSize({ width: 390, height: 420 })
    await drawn()
    await followed()
    const box = await page.getByRole('textbox').boundingBox()
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(420)
    // Smaller letters would make a phone zoom in.
    const size = await page
      .getByRole('textbox')
      .evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))
    expect(size).toBeGreaterThanOrEqual(16)
  })

  it('leaves text alone that is being selected, and after', async () => {
    const { ask, page, place, say } = await open(size)
    await ask()
    await say('Some words to select here.\n\n')
    await chat.drawn()
    const box = await page.getByText('Some words to select here.').boundingBox()
    if (!box) throw new Error('There is no text.')
    const { top } = await place()
    await page.mouse.move(box.x + 4, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 90, box.y + box.height / 2, { steps: 4 })
    await grow()
    expect((await place()).top).toBe(top)
    await page.mouse.up()
    await grow()
    expect((await place()).top).toBe(top)
    expect(await page.evaluate(() => String(getSelection()))).not.toBe('')
  })

  it('lets go of a reader who drags the scrollbar', async () => {
    const { ask, page, place, settled } = await open(size)
    await ask()
    const bar = await page.getByRole('log').evaluate((log) => {
      const { right, bottom } = log.getBoundingClientRect()
      return { x: right - 4, y: bottom - 12, width: (log as HTMLElement).offsetWidth - log.clientWidth }
    })
    // Where bars lie over the text there is none to take hold of.
    if (bar.width === 0) return
    await page.mouse.move(bar.x, bar.y)
    await page.mouse.down()
    await page.mouse.move(bar.x, bar.y - 120, { steps: 6 })
    await grow()
    await page.mouse.up()
    const { top, distanceToEnd } = await settled()
    expect(distanceToEnd).toBeGreaterThan(24)
    await grow()
    expect((await place()).top).toBe(top)
  })

  it('stays where a search has found something', async () => {
    const { ask, page, place } = await open(size)
    await ask()
    await page.evaluate(() => [...document.querySelectorAll('article')][2]?.scrollIntoView())
    await chat.drawn()
    const { top } = await place()
    await grow()
    expect((await place()).top).toBe(top)
  })

  it('says how many messages are new, and where they begin, when the reader is back', async () => {
    const { page, settled, place } = await open(size)
    await wheel(-400)
    const { top } = await settled()
    await page.evaluate(() =>
      window.lab.store.setMessages([
        ...window.lab.store.getState().messages,
        { id: 'n1', role: 'user', content: 'From another tab' },
        { id: 'n2', role: 'assistant', content: 'So it is.', finishReason: 'stop' },
      ]),
    )
    await chat.drawn()
    expect((await place()).top).toBe(top)
    expect(await jumpButton().textContent()).toBe('2 new')
    await jumpButton().click()
    await settled()
    const line = page.getByText('New since you left')
    expect(await line.evaluate((element) => element.nextElementSibling?.textContent)).toContain('From another tab')
    await page.evaluate(() => void window.lab.store.sendMessage('Seen'))
    await chat.drawn()
    expect(await line.count()).toBe(0)
  })

  it('moves at once where less motion is wanted', async () => {
    const { drawn } = await open({ ...size, reducedMotion: 'reduce' })
    await press('Home')
    await chat.settled()
    await jumpButton().click()
    await drawn()
    await followed()
  })

  it('follows nothing where that is asked for, and the button works all the same', async () => {
    const { ask, place, settled } = await open({ ...size, follows: 'nothing' })
    await ask()
    const { top } = await settled()
    await grow(6)
    expect((await place()).top).toBe(top)
    await jumpButton().click()
    expect((await settled()).distanceToEnd).toBeLessThan(2)
  })
})
