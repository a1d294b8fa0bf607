// Runs in the browser: one component, one text, shown as it grows.
import '@millrace/markdown/styles.css'
import { Markdown } from '@millrace/markdown'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { Streamdown } from 'streamdown'

/** Each as its own documentation shows it. */
const contestants = {
  // What the page itself costs, which is nobody's.
  nothing: () => <p />,
  millrace: (text: string, streaming: boolean) => <Markdown text={text} streaming={streaming} />,
  streamdown: (text: string, streaming: boolean) => <Streamdown isAnimating={streaming}>{text}</Streamdown>,
  'react-markdown': (text: string) => <ReactMarkdown remarkPlugins={plugins}>{text}</ReactMarkdown>,
} as const

const plugins = [remarkGfm]

export type ContestantName = keyof typeof contestants

export interface Shown {
  readonly textLength: number
  readonly elements: number
  /** The longest time from a piece of text to its layout, without what a component left for later. */
  readonly longestMs: number
}

export interface ShowOptions {
  readonly name: ContestantName
  readonly text: string
  /** How many characters a commit. */
  readonly step: number
}

/** Gives a component a text piece by piece, and makes the browser lay out each. */
async function show({ name, text, step }: ShowOptions): Promise<Shown> {
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const root = createRoot(host)
  let longestMs = 0
  for (let length = step; length < text.length + step; length += step) {
    const start = performance.now()
    flushSync(() => root.render(contestants[name](text.slice(0, length), length < text.length)))
    layOut(host)
    longestMs = Math.max(longestMs, performance.now() - start)
    // For what a component has put off, as transitions.
    await nextTask()
    await nextTask()
  }
  await untilQuiet(host)
  return { textLength: host.textContent.length, elements: host.querySelectorAll('*').length, longestMs }
}

function layOut(host: HTMLElement): number {
  return host.offsetHeight
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Until the text has not changed for a moment. */
async function untilQuiet(host: HTMLElement): Promise<void> {
  for (let before = -1; before !== host.textContent.length; ) {
    before = host.textContent.length
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  layOut(host)
}

declare global {
  var showAs: typeof show
}

globalThis.showAs = show
