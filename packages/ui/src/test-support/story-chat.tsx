import { type ChatOptions, ChatProvider, useStreamingChat } from '@millrace/hooks'
import { createFakeProvider, type FakeProviderOptions } from '@millrace/testing'
import { type ReactNode, useEffect, useRef, useState } from 'react'

// As fast as a quick model, so that a story shows how it streams and its test does not take long.
const storyPace = { firstTokenMs: 150, tokensPerSecond: 200 }

/** The options of a chat that a fake model answers, in this page and on no network. */
export function fakeModel(options: FakeProviderOptions = {}) {
  return {
    apiKey: 'story-key',
    baseURL: 'https://model.test/v1',
    model: 'story-model',
    retry: { attempts: 0 },
    fetch: createFakeProvider({ pace: storyPace, ...options }).fetch,
  } satisfies ChatOptions
}

export interface StoryChatProps {
  /** How the model answers. */
  readonly answers?: FakeProviderOptions
  /** Sent when the story appears. All but the first wait in the queue. */
  readonly asks?: readonly string[]
  readonly options?: ChatOptions
  readonly children?: ReactNode
}

/** A chat for the parts inside it. */
export function StoryChat({ answers, asks = [], options, children }: StoryChatProps) {
  const [model] = useState(() => fakeModel(answers))
  const chat = useStreamingChat({ ...model, ...options })
  const hasAsked = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the story appears.
  useEffect(() => {
    if (hasAsked.current) return
    hasAsked.current = true
    for (const ask of asks) void chat.sendMessage(ask)
  }, [])

  return <ChatProvider chat={chat}>{children}</ChatProvider>
}
