import { Profiler } from 'react'
import { expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../styles.css'
import { Composer } from '../composer/composer.tsx'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from './thread.tsx'

const history = Array.from({ length: 500 }, (_, index) => ({
  id: `m${index}`,
  role: index % 2 ? ('assistant' as const) : ('user' as const),
  content: `Turn ${index} of **many**`,
}))

/** A thread of 500 turns with a composer below it, and what was rendered. */
async function setUp() {
  const chat = createTestChat({ messages: history })
  const renders: string[] = []
  const note = (id: string) => void renders.push(id)
  const renderMessage = (props: MessageViewProps) => (
    <Profiler id={props.id} onRender={note}>
      <MessageView {...props} />
    </Profiler>
  )
  await render(
    <div className="millrace" style={{ blockSize: 500, display: 'grid', gridTemplateRows: 'minmax(0, 1fr) auto' }}>
      <Profiler id="thread" onRender={note}>
        <Thread renderMessage={renderMessage} />
      </Profiler>
      <Profiler id="composer" onRender={note}>
        <Composer />
      </Profiler>
    </div>,
    { wrapper: chat.wrapper },
  )
  return { ...chat, renders }
}

it('renders the streaming leaf of 500 turns, and nothing else, while it grows', async () => {
  const { store, provider, renders } = await setUp()
  void store.sendMessage('Question')
  await vi.waitFor(() => expect(provider.requests).toHaveLength(1))
  provider.say('It')
  await expect.element(page.getByText('It', { exact: true })).toBeVisible()
  const replyId = store.getState().messages.at(-1)?.id
  renders.length = 0
  provider.say(' grows')
  await expect.element(page.getByText('It grows')).toBeVisible()
  // The thread is among them because the leaf is inside it.
  expect(new Set(renders)).toEqual(new Set([replyId, 'thread']))
})

it('renders the composer, and nothing else, for what is typed', async () => {
  const { renders } = await setUp()
  // What is near comes a little after what is in view.
  for (let seen = -1; seen !== renders.length; await frames(4)) seen = renders.length
  renders.length = 0
  await page.getByRole('textbox').fill('H')
  expect(new Set(renders)).toEqual(new Set(['composer']))
})

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame)
}
