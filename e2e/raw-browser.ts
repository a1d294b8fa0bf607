import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumArgs, findChromium } from '../scripts/lib/chromium.mjs'

/** A tab of a browser that nobody drives but the test: Playwright would have every page believe that it is seen. */
export interface RawTab {
  /** What the expression is, awaited, as JSON has it. */
  evaluate(expression: string): Promise<unknown>
  /** Puts the window away: its page is hidden and gets no frames. */
  minimize(): Promise<void>
  close(): Promise<void>
}

interface Answer {
  readonly id?: number
  readonly result?: never
  readonly error?: { readonly message: string }
}

/** Opens an empty page. */
export async function openRawTab(): Promise<RawTab> {
  const profile = await mkdtemp(join(tmpdir(), 'millrace-tab-'))
  const args = [...chromiumArgs, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const browser = spawn(findChromium(), args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => browser.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    browser.once('exit', () => reject(new Error('The browser did not start.')))
    browser.stderr.setEncoding('utf8').on('data', (text: string) => {
      const [found] = /ws:\S+/.exec(text) ?? []
      if (found) resolve(found)
    })
  })
  const send = await connect(address)
  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
  return {
    async evaluate(expression) {
      const params = { expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails } = await send<{
        result: { value?: unknown; description?: string }
        exceptionDetails?: object
      }>('Runtime.evaluate', params, sessionId)
      if (exceptionDetails) throw new Error(result.description)
      return result.value
    },
    async minimize() {
      const { windowId } = await send<{ windowId: number }>('Browser.getWindowForTarget', { targetId })
      await send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } })
    },
    async close() {
      browser.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** @see https://chromedevtools.github.io/devtools-protocol/ */
async function connect(address: string) {
  const socket = new WebSocket(address)
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id) waiting.get(answer.id)?.(answer)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  let id = 0
  return <T>(method: string, params: object, sessionId?: string) =>
    new Promise<T>((resolve, reject) => {
      waiting.set(++id, ({ result, error }) => (result ? resolve(result) : reject(new Error(error?.message))))
      socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
}
