import { describe, expect, it } from 'vitest'
import { expectFollowed, grow, haveChats, isAway, jumpButton, open, press, wheel, zoomed } from './scrolling.ts'

// What people complain about in other chats, tried with a real wheel, finger and keyboard.

haveChats()

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
    const { ask, page, settled } = await open({ ...size, css })
    await page.evaluate(() => scrollTo(0, 120))
    await ask()
    await expectFollowed(grow)
    expect(await page.evaluate(() => scrollY)).toBe(120)
    await wheel(-100)
    await settled()
    // Playwright's own click may scroll.
    await jumpButton().evaluate((button) => (button as HTMLElement).click())
    await settled()
    expect(await page.evaluate(() => scrollY)).toBe(120)
  })

  it('stays at its end in a panel that is dragged larger and smaller', async () => {
    const { ask, page } = await open({ ...size, css: '.host { block-size: 600px; inline-size: 800px }' })
    await ask()
    await grow()
    for (const [height, width] of [
      [500, 700],
      [300, 400],
      [280, 320],
      [450, 600],
      [600, 800],
    ]) {
      await expectFollowed(() =>
        page
          .locator('.host')
          .evaluate(
            (host, [blockSize, inlineSize]) =>
              void Object.assign((host as HTMLElement).style, { blockSize, inlineSize }),
            [`${height}px`, `${width}px`],
          ),
      )
      expect(await isAway()).toBe(false)
    }
  })

  it('stays at its end above the keyboard of a phone, and the composer is seen', async () => {
    const phone = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true }
    const { ask, page } = await open(phone)
    await ask()
    await grow()
    await page.getByRole('textbox').focus()
    await expectFollowed(() => page.setViewportSize({ width: 390, height: 420 }))
    const box = await page.getByRole('textbox').boundingBox()
    expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(420)
    // Smaller letters would make a phone zoom in.
    const size = await page
      .getByRole('textbox')
      .evaluate((field) => Number.parseFloat(getComputedStyle(field).fontSize))
    expect(size).toBeGreaterThanOrEqual(16)
  })

  it('leaves text alone that is being selected, and after', async () => {
    const { ask, page, place, say, drawn } = await open(size)
    await ask()
    await say('Some words to select here.\n\n')
    await drawn()
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
    const { ask, page, place, drawn } = await open(size)
    await ask()
    await page.evaluate(() => [...document.querySelectorAll('article')][2]?.scrollIntoView())
    await drawn()
    const { top } = await place()
    await grow()
    expect((await place()).top).toBe(top)
  })

  it('says how many messages are new, and where they begin, when the reader is back', async () => {
    const { page, settled, place, drawn } = await open(size)
    await wheel(-400)
    const { top } = await settled()
    await page.evaluate(() =>
      window.lab.store.setMessages([
        ...window.lab.store.getState().messages,
        { id: 'n1', role: 'user', content: 'From another tab' },
        { id: 'n2', role: 'assistant', content: 'So it is.', finishReason: 'stop' },
      ]),
    )
    await drawn()
    expect((await place()).top).toBe(top)
    expect(await jumpButton().textContent()).toBe('2 new')
    await jumpButton().click()
    await settled()
    const line = page.getByText('New since you left')
    expect(await line.evaluate((element) => element.nextElementSibling?.textContent)).toContain('From another tab')
    await page.evaluate(() => void window.lab.store.sendMessage('Seen'))
    await drawn()
    expect(await line.count()).toBe(0)
  })

  it('moves at once where less motion is wanted', async () => {
    const { place, settled } = await open({ ...size, reducedMotion: 'reduce' })
    await press('Home')
    await settled()
    await jumpButton().click()
    expect((await place()).distanceToEnd).toBeLessThan(2)
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
