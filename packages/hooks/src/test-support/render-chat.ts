import type { Chunk } from '@millrace/core'
import { createManualProvider } from '@millrace/testing'
import { act, renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import { useStreamingChat } from '../react/use-streaming-chat.ts'
import type { ChatOptions } from '../store/chat-options.ts'
import { offlineOptions, turn } from './manual-chat.ts'

/** The hook in a page, with a provider that the test writes by hand. Needs fake timers. */
export function renderChat(options: ChatOptions = {}, strict = false) {
  const provider = createManualProvider()
  const defaults: ChatOptions = { ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk' }
  const { result, ...rest } = renderHook(
    (changes: ChatOptions) => {
      const chat = useStreamingChat({ ...defaults, ...options, ...changes })
      return { chat, messages: chat.messages, status: chat.status }
    },
    { initialProps: {}, ...(strict && { wrapper: StrictMode }) },
  )
  const send = async (text: string) => {
    act(() => void result.current.chat.sendMessage(text))
    await act(turn)
  }
  const emit = async (...chunks: Chunk[]) => {
    await act(async () => provider.emit(...chunks))
    await act(turn)
  }
  return { provider, result, send, emit, ...rest }
}
