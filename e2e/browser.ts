import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../scripts/lib/chromium.mjs'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
}

/** The page as a person sees it: by what things are called. */
export interface ChatPage {
  readonly page: Page
  /** What the browser had to complain about, errors that nobody caught included. */
  readonly complaints: readonly string[]
  readonly lastAnswer: Locator
  readonly stopButton: Locator
  ask(text: string): Promise<void>
  /** Resolves once no answer is on its way. */
  finished(): Promise<void>
  close(): Promise<void>
}

export async function openChat(browser: Browser, url: string, options?: BrowserContextOptions): Promise<ChatPage> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  const stopButton = page.getByRole('button', { name: 'Stop' })
  const questions = page.getByRole('article', { name: 'You said' })
  return {
    page,
    complaints,
    stopButton,
    lastAnswer: page.getByRole('article', { name: 'Assistant said' }).last(),
    async ask(text) {
      await page.getByRole('textbox', { name: 'Message' }).fill(text)
      const before = await questions.count()
      await page.keyboard.press('Enter')
      // It appears together with the button that stops its answer; that may be gone again before anybody looks.
      await questions.nth(before).waitFor()
    },
    finished: () => stopButton.waitFor({ state: 'detached' }),
    close: () => context.close(),
  }
}
