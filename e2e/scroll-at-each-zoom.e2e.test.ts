import { describe, expect, it } from 'vitest'
import {
  expectFollowed,
  grow,
  haveChats,
  isAway,
  jumpButton,
  open,
  paragraph,
  press,
  swipe,
  wheel,
  zoomed,
} from './scrolling.ts'

// What people complain about in other chats, tried with a real wheel, finger and keyboard.

haveChats()

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
      await expectFollowed(() => say(piece))
    }
    await expectFollowed(() => grow(5))
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
    await expectFollowed(grow)
  })

  it('takes the reader along again who scrolls back down', async () => {
    const { ask, settled } = await open(size)
    await ask()
    await wheel(-300)
    await settled()
    await wheel(2000)
    await settled()
    await expectFollowed(grow)
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
    await expectFollowed(grow)
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
