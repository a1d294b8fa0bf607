import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { ask, isReady, messagesOf, type SavedChatSite, startSavedChatSite, until, wholeAnswer } from './saved-chat.ts'

/** `pnpm kills 200` has it killed more often. */
const kills = Number(process.env.MILLRACE_KILLS ?? 10)
const mostLostMs = 500

let site: SavedChatSite
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  site = await startSavedChatSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(async () => {
  context = await browser.newContext()
})
afterEach(() => context.close())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const textOf = async (page: Page) => (await messagesOf(page))[1]?.content ?? ''

/** How a page may go away. @returns the page that comes after. */
const ways = {
  async reload(page: Page) {
    await page.reload()
    await isReady(page)
    return page
  },
  async close(page: Page, thread: string) {
    await page.close()
    return site.open(context, thread)
  },
  async leave(page: Page, thread: string) {
    await page.goto('about:blank')
    await page.close()
    return site.open(context, thread)
  },
  async crash(page: Page, thread: string) {
    const session = await context.newCDPSession(page)
    const crashed = page.waitForEvent('crash')
    // It never answers.
    session.send('Page.crash').catch(() => {})
    await crashed
    return site.open(context, thread)
  },
}

describe('a page that goes away in the middle of a reply', () => {
  it.each(Object.keys(ways) as (keyof typeof ways)[])(
    'has lost no more than half a second: %s',
    async (way) => {
      const lost: number[] = []
      for (let run = 0; run < Math.ceil(kills / Object.keys(ways).length); run++) {
        const thread = `${way}-${run}`
        const page = await site.open(context, thread)
        await ask(page)
        await until(page, () => window.chat.getState().status === 'streaming')
        await pause(Math.random() * 1500)
        const killedAt = Date.now()
        const next = await ways[way](page, thread)
        // The browser tells within some milliseconds that whoever wrote the reply is gone.
        await until(next, () => window.chat.getState().messages[1]?.status === 'done', 1000)
        const [question, answer, ...others] = await messagesOf(next)
        expect(question).toMatchObject({ role: 'user', content: 'Count', status: 'done' })
        expect(answer).toMatchObject({
          role: 'assistant',
          status: 'done',
          finishReason: 'incomplete',
        })
        expect(others).toEqual([])
        expect(wholeAnswer.startsWith(answer?.content ?? '?')).toBe(true)
        lost.push(killedAt - (site.sentAfter(answer?.content ?? '') ?? killedAt))
        await next.close()
      }
      console.log(`${way}: at most ${Math.max(...lost)} ms lost in ${lost.length} runs`)
      expect(Math.max(...lost)).toBeLessThanOrEqual(mostLostMs)
    },
    60_000 + kills * 2_000,
  )

  it('has kept the question, though it crashes as soon as that is asked', async () => {
    const page = await site.open(context, 'asked')
    await page.evaluate(() => {
      window.threads.rename('another', 'Saved just before')
      void window.chat.sendMessage('Count')
    })
    const next = await ways.crash(page, 'asked')
    expect((await messagesOf(next))[0]).toMatchObject({ role: 'user', content: 'Count' })
  })

  it('can be continued where it was', async () => {
    const page = await site.open(context, 'continued')
    await ask(page)
    // Long enough for some of it to be saved.
    await until(page, () => (window.chat.getState().messages[1]?.content.length ?? 0) > 400)
    const next = await ways.crash(page, 'continued')
    const before = await textOf(next)
    expect(before).not.toBe('')
    await next.evaluate(() => void window.chat.continueMessage())
    await expect.poll(() => textOf(next), { timeout: 10_000 }).not.toBe(before)
    expect((await textOf(next)).startsWith(before)).toBe(true)
  })
})

describe('two tabs', () => {
  it('show one reply of one request, and each can stop it', async () => {
    const [one, other] = [await site.open(context, 'shared'), await site.open(context, 'shared')]
    const before = site.requestCount
    await ask(one)
    await until(other, () => (window.chat.getState().messages[1]?.content.length ?? 0) > 200)
    expect(await other.evaluate(() => window.chat.getState().status)).toBe('streaming')
    await other.evaluate(() => window.chat.stop())
    await until(one, () => window.chat.getState().status === 'ready')
    const text = await textOf(one)
    await expect.poll(() => textOf(other)).toBe(text)
    expect(site.requestCount).toBe(before + 1)
  })

  it.each(['close', 'crash'] as const)(
    'leave the reply incomplete when the one that wrote it is gone: %s',
    async (way) => {
      const [one, other] = [await site.open(context, `left-${way}`), await site.open(context, `left-${way}`)]
      await ask(one)
      await until(other, () => (window.chat.getState().messages[1]?.content.length ?? 0) > 200)
      const before = await textOf(one)
      await ways[way](one, `left-${way}`)
      await until(other, () => window.chat.getState().messages[1]?.status === 'done')
      const reply = (await messagesOf(other))[1]
      expect(reply).toMatchObject({ status: 'done', finishReason: 'incomplete' })
      expect(reply?.content.length).toBeGreaterThan(before.length - 200)
    },
  )
})

describe('a disk that is full', () => {
  it('is said, loses nothing, and is no obstacle once there is room', async () => {
    const page = await site.open(context, 'full')
    const session = await context.newCDPSession(page)
    const origin = new URL(page.url()).origin
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 })
    await page.evaluate(() => window.chat.setMessages([{ role: 'user', content: 'long '.repeat(20_000) }]))
    await until(page, () => window.threads.getState().error?.code === 'full')
    expect(await page.evaluate(() => window.chat.getState().messages.length)).toBe(1)
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    await until(page, () => window.threads.getState().error === undefined)
    await page.reload()
    await isReady(page)
    expect((await messagesOf(page))[0]?.content).toHaveLength(100_000)
  })
})
