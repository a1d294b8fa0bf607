/** What a rig asks of a page. */
export interface RacePage {
  /** Resolves once the thread is mounted and painted. */
  readonly ready: Promise<void>
  /** Asks, and resolves once the whole answer is painted. */
  start(): Promise<void>
  /** Text of the thread. */
  text(): string
  /** It shows the source instead of rendering it. */
  readonly raw: boolean
}

declare global {
  interface Window {
    __bench: RacePage
  }
}

export interface HistoryMessage {
  readonly id: string
  readonly role: 'user' | 'assistant'
  readonly text: string
}

export interface Contender {
  /** Shows the thread; resolves once it is in the document. */
  mount(history: readonly HistoryMessage[]): void | Promise<void>
  /** Sends a question; resolves once the stack says that the answer is complete. */
  begin(): unknown
  /** The element that holds the thread. */
  readonly thread: string
  readonly raw?: boolean
}

const query = new URLSearchParams(location.search)
const server = query.get('server') ?? location.origin

/** Where the answer comes from, in a wire format: `openai`, `ai`. */
export function streamURL(format: string): string {
  const url = new URL('/api/stream', server)
  for (const name of ['tokens', 'tps', 'chunk', 'seed', 'run']) url.searchParams.set(name, query.get(name) ?? '')
  url.searchParams.set('fmt', format)
  return url.href
}

/** What the last paragraph of the answer holds. */
const endMark = `ENDOFANSWER${query.get('seed')}X${query.get('tokens')}`

export function race({ mount, begin, thread, raw = false }: Contender): void {
  const text = () => document.querySelector(thread)?.textContent ?? ''
  const ready = readHistory().then(async (history) => {
    performance.mark('bench:mount')
    await mount(history)
    await nextPaint()
  })
  window.__bench = {
    raw,
    ready,
    text,
    async start() {
      await begin()
      while (!text().includes(endMark)) await nextPaint()
      await nextPaint()
    },
  }
}

async function readHistory(): Promise<HistoryMessage[]> {
  const count = query.get('history') ?? '0'
  if (count === '0') return []
  const response = await fetch(`${server}/api/history?n=${count}&seed=${query.get('seed')}`)
  return response.json()
}

/** A frame, and what the main thread has to do for it. */
function nextPaint(): Promise<void> {
  return new Promise((done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done()
      port2.postMessage(0)
    }),
  )
}
