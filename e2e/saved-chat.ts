import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ChatState } from '@millrace/hooks/store'
import { createFakeProvider, reply, say } from '@millrace/testing'
import { serveFakeProvider } from '@millrace/testing/node'
import type { BrowserContext, Page } from 'playwright-core'
import { bundlePage } from './bundle-page.ts'
import { root } from './playground.ts'

/** What the provider says, a word every few milliseconds; each word is its number. */
const words = Array.from({ length: 5000 }, (_, index) => `${index} `)
export const wholeAnswer = words.join('')
const wordMs = 4

type Message = ChatState['messages'][number]

export interface SavedChatSite {
  /** Opens the page of that thread and waits until it shows what is saved. */
  open(context: BrowserContext, thread: string): Promise<Page>
  /** How many replies the provider was asked for. */
  readonly requestCount: number
  /** When the provider sent what comes after that text of its newest reply, in epoch milliseconds. */
  sentAfter(text: string): number | undefined
  stop(): Promise<void>
}

/** A page with one chat, saved in IndexedDB and asking a fake provider that never hurries. */
export async function startSavedChatSite(): Promise<SavedChatSite> {
  const fake = createFakeProvider({ script: reply(say(words)), pace: { delayMs: wordMs } })
  let sentAt: number[] = []
  const provider = await serveFakeProvider({
    provider: {
      requests: fake.requests,
      async fetch(input, init) {
        const response = await fake.fetch(input, init)
        if (!response.headers.get('content-type')?.includes('event-stream')) return response
        sentAt = []
        const times = sentAt
        const note = new TransformStream<Uint8Array, Uint8Array>({
          transform(piece, controller) {
            if (/"content":"\d/.test(new TextDecoder().decode(piece))) times.push(Date.now())
            controller.enqueue(piece)
          },
        })
        return new Response(response.body?.pipeThrough(note), response)
      },
    },
  })
  const { script } = await bundlePage(join(root, 'e2e', 'pages', 'saved-chat.ts'))
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(
      isScript ? script : '<!doctype html><title>A saved chat</title><script type="module" src="/page.js"></script>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has an address of that kind
  return {
    async open(context, thread) {
      const page = await context.newPage()
      const query = new URLSearchParams({ thread, provider: provider.baseURL })
      await page.goto(`http://127.0.0.1:${port}/?${query}`)
      await isReady(page)
      return page
    },
    get requestCount() {
      return fake.requests.filter(({ method }) => method === 'POST').length
    },
    sentAfter: (text) => sentAt[text.split(' ').length - 1],
    async stop() {
      server.closeAllConnections()
      server.close()
      await provider.close()
    },
  }
}

/** Resolves once that is so in the page, which may be hidden: no frames are waited for. */
export async function until(page: Page, isSo: () => boolean, mostMs = 30_000): Promise<void> {
  await page.waitForFunction(isSo, undefined, { polling: 20, timeout: mostMs })
}

/** Resolves once the page has read what is saved. */
export async function isReady(page: Page): Promise<void> {
  await until(page, () => window.threads?.getState().status === 'ready')
  // A thread that is in the list has messages, which are shown once they are read.
  await until(page, () => {
    const { threads } = window.threads.getState()
    return !threads.some(({ id }) => id === window.chat.id) || window.chat.getState().messages.length > 0
  })
}

export const messagesOf = (page: Page): Promise<readonly Message[]> =>
  page.evaluate(() => window.chat.getState().messages.map((message) => ({ ...message })))

export const ask = (page: Page): Promise<void> => page.evaluate(() => void window.chat.sendMessage('Count'))
