import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ResumedChatSite, startResumedChatSite, wholeReply } from './resumed-chat.ts'
import { until } from './saved-chat.ts'

let site: ResumedChatSite
let browser: Browser

beforeAll(async () => {
  site = await startResumedChatSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function openChat(): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${site.url}/?proxy=/v1`)
  await until(page, () => window.chat !== undefined)
  return page
}

const chatRequests = () => site.provider.requests.filter(({ method }) => method === 'POST')

it('a reply whose connections to the proxy are cut at random is there without gap or repetition', async () => {
  const page = await openChat()
  const message = await page.evaluate(async () => ({ ...(await window.chat.sendMessage('Count')) }))
  expect(message.content).toBe(wholeReply)
  expect(message.finishReason).toBe('stop')
  expect(site.cuts).toBeGreaterThan(1)
  expect(chatRequests()).toHaveLength(1)
})

it('a reply that is stopped in the page is stopped at the provider', async () => {
  const page = await openChat()
  await page.evaluate(() => void window.chat.sendMessage('more'))
  await until(page, () => (window.chat.getState().messages[1]?.content.length ?? 0) > 20)
  await page.evaluate(() => window.chat.stop())
  await expect.poll(() => chatRequests().at(-1)?.cancelled, { timeout: 5_000 }).toBe(true)
})
