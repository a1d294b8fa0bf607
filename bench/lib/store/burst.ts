import { encodeReply, uiMessageStreamEncoding } from '@millrace/testing'
import { EventType } from '@tanstack/ai'
import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs'
import { bundlePage } from '../bundle-page.ts'
import { chunksOf, deltasOf } from './answer.ts'
import type { Burst, ContestantName } from './page.tsx'

export interface BurstPage {
  /** Receives an answer of so many deltas, all in one go. */
  receive(name: ContestantName): Promise<Burst>
  close(): Promise<void>
}

/** A page in Chromium with all hooks, as an application would bundle them. */
export async function openBurstPage(deltaCount: number): Promise<BurstPage> {
  const [script] = await bundlePage(`${import.meta.dirname}/page.tsx`)
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
  const deltas = deltasOf(deltaCount)
  const chunks = chunksOf(deltas)
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const bodies: Readonly<Record<ContestantName, string>> = {
    millrace: textOf(encodeReply(chunks)),
    '@ai-sdk/react': textOf(encodeReply(chunks, { encoding: uiMessageStreamEncoding })),
    '@tanstack/ai-react': agUiBody(deltas),
  }
  const page = await browser.newPage()
  // An address: none of them would send from a page without.
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }))
  await page.goto('http://localhost/')
  await page.addScriptTag({ content: script })
  const session = await page.context().newCDPSession(page)
  return {
    async receive(name) {
      await session.send('HeapProfiler.collectGarbage')
      return page.evaluate((given) => globalThis.receiveAs(given), { name, body: bodies[name], text: deltas.join('') })
    },
    close: () => browser.close(),
  }
}

function agUiBody(deltas: readonly string[]): string {
  const run = { threadId: 'thread-1', runId: 'run-1' }
  const messageId = 'reply-1'
  const events = [
    { type: EventType.RUN_STARTED, ...run },
    { type: EventType.TEXT_MESSAGE_START, messageId, role: 'assistant' },
    ...deltas.map((delta) => ({ type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta })),
    { type: EventType.TEXT_MESSAGE_END, messageId },
    { type: EventType.RUN_FINISHED, ...run, finishReason: 'stop' },
  ]
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
}
