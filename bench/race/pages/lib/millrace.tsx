import { useStreamingChat } from '@millrace/hooks'
import { Chat, type ChatLook } from '@millrace/ui'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import '@millrace/ui/styles.css'
import { type HistoryMessage, race, streamURL } from './contract.ts'
import './page.css'

interface PageProps extends Pick<ChatLook, 'highlighter'> {
  readonly history: readonly HistoryMessage[]
  readonly onMount: (send: () => Promise<unknown>) => void
}

function Page({ history, onMount, highlighter }: PageProps) {
  const chat = useStreamingChat({
    baseURL: '/v1',
    model: 'race',
    messages: history.map(({ id, role, text }) => ({ id, role, content: text })),
    fetch: (_, init) => fetch(streamURL('openai'), init),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is mounted.
  useEffect(() => onMount(() => chat.sendMessage('Go')), [])
  return <Chat chat={chat} highlighter={highlighter} />
}

/** The chat as people use it, and nothing else. */
export function raceMillrace(look: Pick<ChatLook, 'highlighter'> = {}): void {
  let send: () => Promise<unknown> = async () => {}
  const root = createRoot(document.body.appendChild(document.createElement('main')))
  race({
    thread: '.mr-thread',
    mount: (history) =>
      new Promise((done) => {
        function onMount(sendQuestion: () => Promise<unknown>): void {
          send = sendQuestion
          done()
        }
        root.render(<Page history={history} onMount={onMount} {...look} />)
      }),
    begin: () => send(),
  })
}
