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

describe('an answer', () => {
  it('appears while it is being written', async () => {
    const { ask, lastAnswer, stopButton } = await open()
    // It never ends, however long it takes to look at it.
    await ask('fault stall')
    await lastAnswer.getByText('This answer goes wrong on purpose.').waitFor()
    expect(await stopButton.isVisible()).toBe(true)
  })

  it('stays as it was when it is stopped, and the chat goes on', async () => {
    const { ask, page, lastAnswer, stopButton, finished } = await open()
    await ask('fault stall')
    await lastAnswer.getByText('This answer goes wrong on purpose.').waitFor()
    // A client that leaves may come back: that nobody will is told to the server.
    const told = page.waitForRequest((request) => request.url().endsWith('/cancel'))
    await stopButton.click()
    await told
    await lastAnswer.getByText('Stopped').waitFor()
    const stopped = await lastAnswer.locator('.mr-message-parts').textContent()
    await ask('refuse')
    await finished()
    expect(await chat.page.locator('.mr-message-parts').nth(1).textContent()).toBe(stopped)
  })

  it('goes on through a reload of the page, and nothing of it is missing', async () => {
    const { ask, page, stopButton, finished } = await open()
    const textOf = (index: number) =>
      page.getByRole('article', { name: 'Assistant said' }).nth(index).locator('.mr-message-parts').textContent()
    await ask('essay')
    await finished()
    const whole = await textOf(0)
    await ask('essay')
    await expect.poll(async () => (await textOf(1))?.length, { timeout: 10_000 }).toBeGreaterThan(400)
    expect(await stopButton.isVisible()).toBe(true)
    await page.reload()
    await expect.poll(() => textOf(1), { timeout: 30_000 }).toBe(whole)
    await finished()
  })

  it('says that it was cut off, and keeps what had arrived', async () => {
    const { ask, finished, lastAnswer } = await open()
    await ask('fault cut')
    await finished()
    await lastAnswer.getByText('The answer was cut off').waitFor()
    expect(await lastAnswer.textContent()).toContain('This answer goes wrong on purpose.')
    expect(await lastAnswer.getByRole('button', { name: 'Continue' }).isVisible()).toBe(true)
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

  it('starts anew when told to, with the cursor where the next question goes', async () => {
    const { page, ask } = await open()
    await ask('fast')
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    await page.getByRole('textbox', { name: 'Message' }).and(page.locator(':focus')).waitFor()
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

describe('what is not sent yet', () => {
  it('is there again when the page is loaded again, for each chat its own', async () => {
    const { page, ask, finished } = await open()
    const field = page.getByRole('textbox', { name: 'Message' })
    await ask('Hello there')
    await finished()
    await field.fill('Half a question')
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    expect(await field.inputValue()).toBe('')
    await field.fill('A new one')
    await page.reload()
    await expect.poll(() => field.inputValue()).toBe('A new one')
    await page.getByRole('button', { name: 'Hello there', exact: true }).click()
    await expect.poll(() => field.inputValue()).toBe('Half a question')
  })
})

describe('the chats', () => {
  const thread = (title: string) => chat.page.getByRole('navigation').getByRole('button', { name: title, exact: true })
  const question = (text: string) =>
    chat.page.getByRole('article', { name: 'You said' }).getByText(text, { exact: true })

  async function askTwice(): Promise<ChatPage> {
    const { page, ask, finished } = await open()
    await ask('refuse')
    await finished()
    await page.getByRole('button', { name: 'New chat' }).click()
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    await ask('refuse again')
    await finished()
    return chat
  }

  it('are still there when the page is loaded again, and the one in the address is open', async () => {
    const { page } = await askTwice()
    const answer = await chat.lastAnswer.textContent()
    await page.reload()
    await question('refuse again').waitFor()
    // What it cost is known once the models and their prices are.
    await expect.poll(() => chat.lastAnswer.textContent()).toBe(answer)
    await thread('refuse').waitFor()
    expect(await thread('refuse again').getAttribute('aria-current')).toBe('page')
    expect(await page.title()).toBe('refuse again · Millrace')
  })

  it('are come back to, by the list and by the buttons of the browser', async () => {
    const { page } = await askTwice()
    await thread('refuse').click()
    await question('refuse').waitFor()
    await page.goBack()
    await question('refuse again').waitFor()
    await page.goBack()
    await question('refuse').waitFor()
    await page.goForward()
    await question('refuse again').waitFor()
  })

  it('are deleted, and taken back', async () => {
    const { page } = await askTwice()
    await thread('refuse again').focus()
    await page.keyboard.press('Delete')
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    expect(await thread('refuse again').count()).toBe(0)
    expect(page.url()).not.toContain('#')
    await page.getByRole('button', { name: 'Undo' }).click()
    await question('refuse again').waitFor()
    await thread('refuse again').and(page.locator(':focus')).waitFor()
  })

  it('begin anew where the address names none that is there', async () => {
    const { page } = await open()
    await page.goto(`${server.url}/#gone`)
    await page.reload()
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    expect(page.url()).not.toContain('#')
  })

  it('leave as a file and come back as another', async () => {
    const { page, ask, finished } = await open()
    await ask('refuse')
    await finished()
    const answer = await chat.lastAnswer.textContent()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'JSON' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('refuse.json')
    const before = page.url()
    await page.locator('input[accept*=json]').setInputFiles(await download.path())
    await thread('refuse').nth(1).waitFor()
    await page.waitForURL((url) => url.href !== before)
    await question('refuse').waitFor()
    expect(await chat.lastAnswer.textContent()).toBe(answer)
  })

  it('are in a drawer on a phone, which closes when one is picked and on Escape', async () => {
    const { page, ask } = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    await ask('refuse')
    await page.getByRole('button', { name: 'New chat' }).click()
    const drawer = page.getByRole('dialog', { name: 'Chats' })
    const opener = page.getByRole('button', { name: 'Chats' })
    await opener.click()
    await thread('refuse').click()
    await question('refuse').waitFor()
    await drawer.waitFor({ state: 'hidden' })
    await opener.click()
    await drawer.waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await opener.and(page.locator(':focus')).waitFor()
  })
})

describe('without a network', () => {
  it('keeps what is sent where it is seen, and sends it in order once there is one', async () => {
    // The browser complains of each request that fails, and should: this page is not looked at for that.
    const { page, lastAnswer, close } = await openChat(browser, server.url)
    const send = async (text: string) => {
      await page.getByRole('textbox', { name: 'Message' }).fill(text)
      await page.keyboard.press('Enter')
    }
    await page.context().setOffline(true)
    await send('Hello there')
    await lastAnswer.getByText('Waiting for the connection').waitFor()
    await send('refuse')
    await page.getByText('You are offline. 2 messages wait').waitFor()
    await page.context().setOffline(false)
    await page.getByText('You wrote').waitFor()
    await page.getByRole('article', { name: 'You said' }).nth(1).getByText('refuse').waitFor()
    expect(await page.getByText('You are offline').count()).toBe(0)
    await close()
  })
})
