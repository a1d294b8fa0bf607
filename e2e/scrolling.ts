import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { openBrowser } from './browser.ts'
import { type LongChat, type LongChatOptions, type LongChatSite, startLongChatSite } from './long-chat.ts'

// What a reader does in the chat that was opened last, with a real wheel, finger and keyboard.

let browser: Browser
let site: LongChatSite
let chat: LongChat

/** For each file that opens chats here. */
export function haveChats(): void {
  beforeAll(async () => {
    browser = await openBrowser()
    site = await startLongChatSite(browser)
  })
  afterAll(() => browser?.close())
}

export async function open(options: LongChatOptions): Promise<LongChat> {
  chat = await site.open(options)
  return chat
}

/** A page at this zoom: as many fewer pixels, each as much larger. */
export function zoomed(zoom: number): LongChatOptions {
  return {
    viewport: { width: Math.round(900 / zoom), height: Math.round(700 / zoom) },
    deviceScaleFactor: zoom,
    hasTouch: true,
  }
}

export const jumpButton = () => chat.page.locator('.mr-jump-button')
export const isAway = async () => (await jumpButton().count()) > 0

export async function wheel(deltaY: number): Promise<void> {
  const box = await chat.page.getByRole('log').boundingBox()
  if (!box) throw new Error('There is no transcript.')
  await chat.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await chat.page.mouse.wheel(0, deltaY)
}

/** A finger that moves by so much, and is lifted. */
export async function swipe(deltaY: number): Promise<void> {
  const [x, start] = [200, 300]
  const cdp = await chat.page.context().newCDPSession(chat.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x, y }] })
  await touch('touchStart', start)
  for (let step = 1; step <= 8; step++) await touch('touchMove', start + (deltaY * step) / 8)
  await touch('touchEnd')
  await cdp.detach()
}

export async function press(key: string, times = 1): Promise<void> {
  await chat.page.getByRole('log').focus()
  for (let time = 0; time < times; time++) await chat.page.keyboard.press(key)
}

export const paragraph = `${'The wheel turns and the stones grind. '.repeat(8)}\n\n`

/** More of the answer, in so many pieces. */
export async function grow(pieces = 3): Promise<void> {
  for (let piece = 0; piece < pieces; piece++) {
    await chat.say(paragraph)
    await chat.drawn()
  }
}

/** What makes the transcript grow, or its panel shrink, is followed in the frame that shows it: none is at another place. */
export async function expectFollowed(change: () => Promise<unknown>): Promise<void> {
  await chat.page.evaluate(() => void window.distances.splice(0))
  await change()
  const distances = await chat.frames()
  expect(distances.length).toBeGreaterThan(0)
  expect(Math.max(...distances)).toBeLessThan(2)
}
