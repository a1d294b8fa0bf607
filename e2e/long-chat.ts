import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { bundlePage } from './bundle-page.ts'
import { root } from './playground.ts'

/** A page with one chat and a provider that says what the test wants it to. See `pages/long-chat.tsx`. */
export interface LongChat {
  readonly page: Page
  /** Sends a question, the first, and begins to answer it. */
  ask(): Promise<void>
  say(text: string): Promise<void>
  finish(): Promise<void>
  /** Two frames: what was said is laid out, and the scrolling it caused is over. */
  drawn(): Promise<void>
  /** Where the transcript is, in pixels. */
  place(): Promise<Place>
  /**
   * How far below the end was, in pixels, in each frame since this was asked last that showed a transcript or a panel of
   * another size; once there is one.
   */
  frames(): Promise<readonly number[]>
  /** The place once nothing moves any more. */
  settled(): Promise<Place>
}

export interface Place {
  readonly top: number
  readonly distanceToEnd: number
}

export interface LongChatOptions extends BrowserContextOptions {
  readonly turns?: number
  readonly follows?: 'end' | 'question' | 'nothing'
  /** Around the chat. Default: it fills the window. */
  readonly css?: string
}

const url = 'http://page.test/chat.html'

export interface LongChatSite {
  /** Pages are used again where they can be: opening one takes longer than most tests. */
  open(options?: LongChatOptions): Promise<LongChat>
  close(): Promise<void>
}

export async function startLongChatSite(browser: Browser): Promise<LongChatSite> {
  const { script, styles } = await bundlePage(join(root, 'e2e', 'pages', 'long-chat.tsx'))
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A chat</title>`
  const html = `<!doctype html><html lang="en">${head}<style>body { margin: 0 } ${styles}</style><style id="frame"></style><body><script type="module">${script}</script>`
  const pages = new Map<string, Promise<Page>>()

  async function openPage(options: BrowserContextOptions): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    page.setDefaultTimeout(15_000)
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: html }))
    await page.goto(url)
    return page
  }

  return {
    async open({ turns = 20, follows, css = '.host { block-size: 100dvh }', ...contextOptions } = {}) {
      const key = JSON.stringify(contextOptions)
      const opening = pages.get(key) ?? openPage(contextOptions)
      pages.set(key, opening)
      const page = await opening
      if (contextOptions.viewport) await page.setViewportSize(contextOptions.viewport)
      await page.evaluate(
        ([count, mode, frame]) => {
          const style = document.querySelector('#frame')
          if (style) style.textContent = frame
          scrollTo(0, 0)
          window.lab.open(count, { follows: mode })
        },
        [turns, follows, css] as const,
      )
      const chat = driveChat(page)
      await chat.drawn()
      await page.evaluate(watchFrames)
      return chat
    },
    async close() {
      for (const page of pages.values()) await (await page).context().close()
    },
  }
}

declare global {
  interface Window {
    distances: number[]
  }
}

/** Runs in the page. What the chat itself does with a new size it does before, as its observer is older. */
function watchFrames(): void {
  const log = document.querySelector('[role=log]')
  const distances: number[] = []
  window.distances = distances
  const observer = new ResizeObserver(() => {
    if (log) distances.push(log.scrollHeight - log.clientHeight - log.scrollTop)
  })
  for (const element of [log, log?.querySelector('.mr-thread-content')]) if (element) observer.observe(element)
}

function driveChat(page: Page): LongChat {
  const drawn = () =>
    page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))
  // Right after a frame, as it is seen: text that is drawn between two has not been followed yet.
  const place = () =>
    page.getByRole('log').evaluate(
      (log) =>
        new Promise<Place>((done) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            const { scrollTop, scrollHeight, clientHeight } = log
            done({ top: scrollTop, distanceToEnd: scrollHeight - clientHeight - scrollTop })
          }
          requestAnimationFrame(() => port2.postMessage(undefined))
        }),
    )
  const say = (text: string) => page.evaluate((said) => window.lab.provider.say(said), text)

  return {
    page,
    drawn,
    place,
    say,
    async frames() {
      await page.waitForFunction(() => window.distances.length > 0)
      return page.evaluate(() => window.distances.splice(0))
    },
    async ask() {
      await page.evaluate(() => void window.lab.store.sendMessage('And now?'))
      await page.waitForFunction(() => window.lab.provider.requests.length > 0)
      await say('It begins.\n\n')
      await page.waitForFunction(() => window.lab.store.getState().status === 'streaming')
      await drawn()
    },
    async finish() {
      await page.evaluate(() => window.lab.provider.finish('stop'))
      await page.waitForFunction(() => window.lab.store.getState().status === 'ready')
      await drawn()
    },
    async settled() {
      let last = await place()
      for (let still = 0; still < 3; ) {
        await drawn()
        const next = await place()
        still = next.top === last.top ? still + 1 : 0
        last = next
      }
      return last
    },
  }
}
