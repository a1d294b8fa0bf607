import { type ChatOptions, type ChatStore, createChat } from '@millrace/hooks/store'
import { createManualProvider, type ManualProvider } from '@millrace/testing'
import { Chat, type ChatLook } from '@millrace/ui'
import { createRoot, type Root } from 'react-dom/client'
import '@millrace/ui/styles.css'

/** What a test does to the page. */
export interface Lab {
  readonly store: ChatStore
  readonly provider: ManualProvider
  /** Shows a thread of that many turns. Where there was one, another. */
  open(turns: number, look?: Pick<ChatLook, 'follows'>): void
  close(): void
  /** Puts older turns before those that are there. */
  prepend(turns: number): void
}

declare global {
  interface Window {
    lab: Lab
  }
}

const code = '```ts\nconst wheel = await turn({ by: 3 })\n\nexport { wheel }\n```'
const table = '| Wheel | Speed |\n| --- | ---: |\n| Overshot | 0.8 m/s |\n| Undershot | 1.6 m/s |'
const list = '- Open the *sluice*\n- Wait for the **wheel**\n- Listen to the `stones`'
const sentence = 'The water comes down the race and turns the wheel, slowly at first. '

type MessageInit = NonNullable<ChatOptions['messages']>[number]

/** Questions and answers in turn, mixed as models write them. The text of each begins with its number. */
function makeTurns(from: number, to: number): MessageInit[] {
  return Array.from({ length: to - from }, (_, offset) => {
    const number = from + offset
    const id = `m${number}`
    if (number % 2 === 0) return { id, role: 'user', content: `Question ${number}: how fast is it, and why?` }
    const extra = [code, table, list][number % 3] ?? ''
    const content = `Answer ${number} begins **here**.\n\n${sentence.repeat(1 + (number % 7))}\n\n${extra}\n\nAnswer ${number} ends.`
    return { id, role: 'assistant', content, finishReason: 'stop' }
  })
}

const host = document.body.appendChild(document.createElement('div'))
host.className = 'host'
let root: Root | undefined
let provider = createManualProvider()
let store = createStore([])

function createStore(messages: readonly MessageInit[]): ChatStore {
  const options = { apiKey: 'test-key', baseURL: 'https://model.test/v1', model: 'test', retry: { attempts: 0 } }
  provider = createManualProvider()
  return createChat({ ...options, fetch: provider.fetch, messages })
}

// Older turns have the numbers below.
const middle = 10_000

window.lab = {
  get store() {
    return store
  },
  get provider() {
    return provider
  },
  open(turns, look = {}) {
    store = createStore(makeTurns(middle, middle + turns))
    root ??= createRoot(host)
    root.render(<Chat key={Math.random()} chat={{ store }} {...look} />)
  },
  close() {
    root?.unmount()
    root = undefined
    store = createStore([])
  },
  prepend(turns) {
    store.setMessages([...makeTurns(middle - turns, middle), ...store.getState().messages])
  },
}
