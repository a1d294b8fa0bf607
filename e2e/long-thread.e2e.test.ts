import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type LongChatSite, startLongChatSite } from './long-chat.ts'

let browser: Browser
let site: LongChatSite

beforeAll(async () => {
  browser = await openBrowser()
  site = await startLongChatSite(browser)
})
afterAll(() => browser?.close())

const size = { viewport: { width: 900, height: 700 } }
const farTurns = (page: Page) => page.locator('.mr-far-turn').count()

/** Where the first turn in view is, by its text, and how far from the top. */
const firstInView = (page: Page) =>
  page.evaluate(() => {
    const turn = [...document.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > 40)
    const number = /(?:Question|Answer) \d+/.exec(turn?.textContent ?? '')?.[0]
    return { number, top: turn?.getBoundingClientRect().top ?? Number.NaN }
  })

describe('a thread of 1,000 turns', () => {
  it('is in the document with every turn, each a headed article', async () => {
    const { page } = await site.open({ ...size, turns: 1000 })
    expect(await page.getByRole('article').count()).toBe(1000)
    expect(await page.locator('article h2').count()).toBe(1000)
  })

  it('reads as Markdown only what is near', async () => {
    const { page } = await site.open({ ...size, turns: 1000 })
    expect(await farTurns(page)).toBeGreaterThan(950)
    expect(await page.locator('article').last().locator('strong').count()).toBe(1)
  })

  it('is found in by a search of the page, 900 turns back, and shows what was found', async () => {
    const { page, settled } = await site.open({ ...size, turns: 1000 })
    const found = await page.evaluate(() => {
      const isFound = (window as unknown as { find(text: string): boolean }).find('Answer 10101 begins')
      // A browser's own search shows what it found; one that a page begins only selects it.
      getSelection()?.anchorNode?.parentElement?.scrollIntoView()
      return isFound
    })
    expect(found).toBe(true)
    await settled()
    const turn = page.locator('article').nth(101)
    await expect.poll(() => turn.locator('strong').count()).toBe(1)
    const box = await turn.boundingBox()
    expect(box?.y).toBeLessThan(700)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(0)
  })

  it('does not jump while one scrolls up through what is read just then', async () => {
    const { page, place, settled } = await site.open({ ...size, turns: 1000 })
    await page.mouse.move(400, 300)
    let before = await place()
    for (let step = 0; step < 25; step++) {
      const seen = await firstInView(page)
      await page.mouse.wheel(0, -500)
      const after = await settled()
      const turn = page.locator('article', { hasText: new RegExp(`${seen.number}\\b`) }).first()
      const moved = ((await turn.boundingBox())?.y ?? Number.NaN) - seen.top
      // What was in view moved by as much as the wheel was turned, whatever the heights above it became.
      expect(moved).toBeGreaterThan(490)
      expect(moved).toBeLessThan(510)
      before = after
    }
    expect(before.distanceToEnd).toBeGreaterThan(5000)
    expect(await farTurns(page)).toBeLessThan(960)
  })

  it('keeps the focus on a turn that comes near', async () => {
    const { page, settled } = await site.open({ ...size, turns: 1000 })
    await page.locator('article').nth(500).focus()
    await settled()
    await expect.poll(() => page.locator('article').nth(500).getAttribute('class')).toBe('mr-message')
    const focused = await page.evaluate(() =>
      document.activeElement
        ? [...document.querySelectorAll('article')].indexOf(document.activeElement as HTMLElement)
        : -1,
    )
    expect(focused).toBe(500)
  })

  it('follows an answer as a short one does', async () => {
    const { ask, say, drawn, place } = await site.open({ ...size, turns: 1000 })
    await ask()
    for (let piece = 0; piece < 5; piece++) {
      await say('The wheel turns and the stones grind, day and night, as they always have.\n\n')
      await drawn()
      expect((await place()).distanceToEnd).toBeLessThan(2)
    }
  })

  it('is gone from memory once it is gone, twenty times over', { timeout: 120_000 }, async () => {
    const { page } = await site.open({ ...size, turns: 1000 })
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    async function measure() {
      await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
      return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') }
    }
    async function openAndClose() {
      await page.evaluate(async () => {
        window.lab.open(1000)
        for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
        window.lab.close()
      })
    }
    for (let time = 0; time < 3; time++) await openAndClose()
    const before = await measure()
    for (let time = 0; time < 20; time++) await openAndClose()
    const after = await measure()
    expect(after.heap - before.heap).toBeLessThan(0.15 * before.heap)
    expect(after.nodes - before.nodes).toBeLessThan(100)
    expect(after.listeners - before.listeners).toBeLessThan(10)
  })
})

it('prints all of a thread of 300 turns', { timeout: 120_000 }, async () => {
  const pagesOf = async (turns: number) => {
    const { page } = await site.open({ ...size, turns })
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    return { page, count: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0 }
  }
  const short = await pagesOf(12)
  const long = await pagesOf(300)
  expect(await farTurns(long.page)).toBe(0)
  expect(await long.page.locator('article strong').count()).toBeGreaterThanOrEqual(150)
  // 25 times as many turns of the same mixture.
  expect(long.count).toBeGreaterThan(20 * (short.count - 1))
  expect(long.count).toBeGreaterThan(25)
})
