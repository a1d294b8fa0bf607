import { type UIMessage, useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { type ReactNode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type HistoryMessage, race, streamURL } from './contract.ts'
import './page.css'
import './plain.css'

interface PageProps {
  readonly history: readonly HistoryMessage[]
  readonly throttle: number | undefined
  readonly renderText: (text: string, isStreaming: boolean) => ReactNode
  readonly onMount: (send: () => Promise<void>) => void
}

function Page({ history, throttle, renderText, onMount }: PageProps) {
  const [input, setInput] = useState('')
  const { messages, sendMessage, status } = useChat({
    messages: history.map(({ id, role, text }): UIMessage => ({ id, role, parts: [{ type: 'text', text }] })),
    transport: new DefaultChatTransport({ api: streamURL('ai') }),
    ...(throttle !== undefined && { throttle }),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is mounted.
  useEffect(() => onMount(() => sendMessage({ text: 'Go' })), [])
  return (
    <div className="plain">
      <div className="plain-scroller">
        <div className="plain-thread">
          {messages.map(({ id, parts }, index) => (
            <div key={id} className="plain-message">
              {parts.map((part, place) =>
                part.type === 'text' ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as its documentation shows it.
                  <div key={place}>
                    {renderText(part.text, status === 'streaming' && index === messages.length - 1)}
                  </div>
                ) : null,
              )}
            </div>
          ))}
        </div>
      </div>
      <textarea value={input} onChange={(event) => setInput(event.currentTarget.value)} />
    </div>
  )
}

/** `useChat` as its documentation shows it, with something that renders the text. */
export function raceAiSdk(look: Pick<PageProps, 'throttle' | 'renderText'>): void {
  let send: () => Promise<void> = async () => {}
  const root = createRoot(document.body.appendChild(document.createElement('main')))
  race({
    thread: '.plain-thread',
    mount: (history) =>
      new Promise((done) => {
        function onMount(sendQuestion: () => Promise<void>): void {
          send = sendQuestion
          done()
        }
        root.render(<Page history={history} onMount={onMount} {...look} />)
      }),
    begin: () => send(),
  })
}
