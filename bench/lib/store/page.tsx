// Runs in the browser: one hook, one answer that comes all at once.
import { useChat as useAiSdkChat } from '@ai-sdk/react'
import { useStreamingChat } from '@millrace/hooks'
import { fetchServerSentEvents, useChat as useTanStackChat } from '@tanstack/ai-react'
import { DefaultChatTransport } from 'ai'
import { useEffect, useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { piecesOf } from './answer.ts'

type Fetch = typeof globalThis.fetch

/** A hook, as far as this needs it. */
type UseAnyChat = (fetch: Fetch) => {
  readonly texts: readonly string[]
  send(text: string): void
}

const url = 'http://localhost/api/chat'

// Each as its own documentation shows it.

const useMillrace: UseAnyChat = (fetch) => {
  const { messages, sendMessage } = useStreamingChat({ apiKey: 'key', fetch })
  return { texts: messages.map(({ content }) => content), send: (text) => void sendMessage(text) }
}

const useAiSdk: UseAnyChat = (fetch) => {
  const [transport] = useState(() => new DefaultChatTransport({ api: url, fetch }))
  const { messages, sendMessage } = useAiSdkChat({ transport })
  return { texts: messages.map(({ parts }) => textOf(parts)), send: (text) => void sendMessage({ text }) }
}

const useTanStack: UseAnyChat = (fetch) => {
  const [connection] = useState(() => fetchServerSentEvents(url, { fetchClient: fetch }))
  const { messages, sendMessage } = useTanStackChat({ connection })
  return { texts: messages.map(({ parts }) => textOf(parts)), send: (text) => void sendMessage(text) }
}

const contestants = { millrace: useMillrace, '@ai-sdk/react': useAiSdk, '@tanstack/ai-react': useTanStack } as const

export type ContestantName = keyof typeof contestants

function textOf(parts: readonly object[]): string {
  return parts.map((part) => ('text' in part ? part.text : 'content' in part ? part.content : '')).join('')
}

export interface BurstOptions {
  readonly name: ContestantName
  /** The answer in the words of the contestant's wire format. */
  readonly body: string
  readonly text: string
}

/** From the response to the last text in the document. */
export interface Burst {
  readonly ms: number
  readonly renders: number
}

interface ViewProps {
  readonly useAnyChat: UseAnyChat
  readonly fetch: Fetch
  onReady(send: (text: string) => void): void
  onRender(): void
  onShown(texts: readonly string[]): void
}

/** What everybody writes first: all messages in one component. */
function View({ useAnyChat, fetch, onReady, onRender, onShown }: ViewProps) {
  const { texts, send } = useAnyChat(fetch)
  onRender()
  // biome-ignore lint/correctness/useExhaustiveDependencies: sent once
  useEffect(() => onReady(send), [])
  useLayoutEffect(() => onShown(texts))
  // biome-ignore lint/suspicious/noArrayIndexKey: messages only come at the end
  return texts.map((text, index) => <p key={index}>{text}</p>)
}

function receive({ name, body, text }: BurstOptions): Promise<Burst> {
  const pieces = piecesOf(new TextEncoder().encode(body))
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const root = createRoot(host)
  let start = 0
  let renders = 0
  const fetch: Fetch = async () => {
    const stream = new ReadableStream({
      start(server) {
        for (const piece of pieces) server.enqueue(piece)
        server.close()
      },
    })
    renders = 0
    start = performance.now()
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  }
  return new Promise((resolve) => {
    const onShown = (texts: readonly string[]) => {
      if (start > 0 && texts.at(-1) === text) resolve({ ms: performance.now() - start, renders })
    }
    const useAnyChat = contestants[name]
    const onReady = (send: (text: string) => void) => send('Hello')
    root.render(<View {...{ useAnyChat, fetch, onReady, onShown }} onRender={() => renders++} />)
  })
}

declare global {
  var receiveAs: typeof receive
}

globalThis.receiveAs = receive
