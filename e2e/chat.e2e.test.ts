import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ChatPage, openBrowser, openChat } from './browser.ts'
import { buildPlayground, type RunningServer, startBuiltPlayground } from './playground.ts'

let server: RunningServer
let browser: Browser
let chat: ChatPage

beforeAll(async () => {
  await buildPlayground()
  server = await startBuiltPlayground()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(options?: BrowserContextOptions): Promise<ChatPage> {
  chat = await openChat(browser, server.url, options)
  return chat
}

afterEach(async () => {
  await chat.close()
  expect(chat.complaints).toEqual([])
})

const lengthOf = async ({ lastAnswer }: ChatPage) => (await lastAnswer.textContent())?.length

describe('an answer', () => {
  it('appears while it is being written', async () => {
    const { ask, lastAnswer, stopButton, finished } = await open()
    await ask('Hello there')
    await lastAnswer.getByText('You wrote').waitFor()
    expect(await stopButton.isVisible()).toBe(true)
    const early = await lengthOf(chat)
    await finished()
    expect(await lengthOf(chat)).toBeGreaterThan(early ?? 0)
  })

  it('stays as it was when it is stopped, and the chat goes on', async () => {
    const { ask, lastAnswer, stopButton, finished } = await open()
    await ask('essay')
    await lastAnswer.getByText('answer').first().waitFor()
    await stopButton.click()
    await lastAnswer.getByText('Stopped').waitFor()
    const stopped = await lastAnswer.locator('.mr-message-parts').textContent()
    await ask('refuse')
    await finished()
    expect(await chat.page.locator('.mr-message-parts').nth(1).textContent()).toBe(stopped)
  })

  it('says that it was cut off, and keeps what had arrived', async () => {
    const { ask, finished, lastAnswer } = await open()
    await ask('fault cut')
    await finished()
    await lastAnswer.getByText('The answer was cut off').waitFor()
    expect(await lastAnswer.textContent()).toContain('This answer goes wrong on purpose.')
    expect(await lastAnswer.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true)
  })
})

describe('the page', () => {
  it('offers something to ask for, asks for it, and puts the cursor where the next question goes', async () => {
    const { page, lastAnswer } = await open()
    await page.getByRole('button', { name: 'Think step by step' }).click()
    await lastAnswer.getByText('Thinking').waitFor()
    await page.getByRole('textbox', { name: 'Message' }).and(page.locator(':focus')).waitFor()
  })

  it('says who answers, and that they are there', async () => {
    const { page } = await open()
    await page.getByText('Demo provider · no model behind it').waitFor()
    await page.locator('[data-state=ok]').waitFor()
  })

  it('lists the models with their prices, and asks the one that was picked', async () => {
    const { page, ask, finished, lastAnswer } = await open()
    await page.getByRole('option', { name: 'DeepSeek V3.2 · $0.42 / M tokens' }).waitFor({ state: 'attached' })
    await page.getByRole('combobox', { name: 'Model' }).selectOption('deepseek-v3.2')
    await ask('Hello there')
    await finished()
    expect(await lastAnswer.textContent()).toContain('deepseek-v3.2')
  })

  it('starts anew when told to, and when it is loaded again', async () => {
    const { page, ask, finished } = await open()
    const invitation = page.getByRole('heading', { name: 'What would you like to know?' })
    await ask('fast')
    await page.getByRole('button', { name: 'New chat' }).click()
    await invitation.waitFor()
    await ask('refuse')
    await finished()
    await page.reload()
    await invitation.waitFor()
  })

  it('remembers the theme, the language and the model', async () => {
    const { page } = await open()
    await page.getByRole('button', { name: 'Theme: as the system' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.getByRole('combobox', { name: 'Model' }).selectOption('gemini-2.5-flash')
    await page.getByRole('button', { name: 'Tiếng Việt', exact: true }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'Bạn muốn biết điều gì?' }).waitFor()
    await page.getByRole('button', { name: 'Giao diện: tối' }).waitFor()
    await page.getByText('Gemini 2.5 Flash', { exact: true }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('vi')
  })

  it('speaks Vietnamese to those who do', async () => {
    const { page } = await open({ locale: 'vi-VN' })
    await page.getByRole('heading', { name: 'Bạn muốn biết điều gì?' }).waitFor()
  })

  it('fits a phone without scrolling sideways', async () => {
    const { page, ask, finished } = await open({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    })
    await ask('table')
    await finished()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})
