import type { MessageInit } from '@millrace/core'
import { useMessage } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { MessageParts } from '../message-view/message-parts.tsx'
import type { MessageViewProps } from '../message-view/message-view.tsx'
import { StoryChat, type StoryChatProps } from '../test-support/story-chat.tsx'
import { Thread, type ThreadProps } from './thread.tsx'

interface ThreadOfChatProps extends ThreadProps {
  readonly chat?: StoryChatProps
}

function ThreadOfChat({ chat, ...props }: ThreadOfChatProps) {
  return (
    <StoryChat {...chat}>
      <Thread {...props} style={{ blockSize: '100%' }} />
    </StoryChat>
  )
}

/** The transcript: it follows the answer until the reader scrolls up. */
const meta = {
  title: 'Parts/Thread',
  component: ThreadOfChat,
  subcomponents: { Thread },
} satisfies Meta<typeof ThreadOfChat>

export default meta
type Story = StoryObj<typeof meta>

const conversation: readonly MessageInit[] = [
  { role: 'user', content: 'What turns the wheel?' },
  { role: 'assistant', content: 'The weight of the water in its buckets.', finishReason: 'stop' },
  { role: 'user', content: 'And in winter?' },
  { role: 'assistant', content: 'Nothing, while the race is frozen.', finishReason: 'stop' },
]

const longConversation = Array.from({ length: 30 }, (_, index): MessageInit[] => [
  { role: 'user', content: `Question ${index + 1}` },
  { role: 'assistant', content: `Answer ${index + 1}: ${'water '.repeat(40)}`, finishReason: 'stop' },
]).flat()

export const Empty: Story = {}

export const OwnInvitation: Story = { args: { empty: <h2>Ask the miller</h2> } }

export const Conversation: Story = { args: { chat: { options: { messages: conversation } } } }

export const Streaming: Story = {
  args: { chat: { asks: ['What turns the wheel?'], answers: { script: '1. Water\n2. Its weight\n3. Its speed' } } },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('Its speed')).toBeVisible()
    await expect(await within(canvasElement).findByText(/Answer complete/)).toBeInTheDocument()
  },
}

/** Whoever scrolled up finds a way back. */
export const Long: Story = {
  args: { chat: { options: { messages: longConversation } } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const scroller = canvas.getByRole('log')
    const isAtEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < 2
    await waitFor(() => expect(isAtEnd()).toBe(true))
    scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1000, bubbles: true }))
    scroller.scrollTop = 0
    await userEvent.click(await canvas.findByRole('button', { name: 'Latest' }))
    await waitFor(() => expect(isAtEnd()).toBe(true), { timeout: 5_000 })
  },
}

function PlainTurn({ id }: MessageViewProps) {
  const message = useMessage(id)
  if (!message) return null
  return (
    <blockquote>
      <strong>{message.role === 'user' ? 'Guest' : 'Miller'}</strong>
      <MessageParts message={message} />
    </blockquote>
  )
}

/** `renderMessage` puts something else in place of each turn. */
export const OwnTurns: Story = {
  args: { chat: { options: { messages: conversation } }, renderMessage: (props) => <PlainTurn {...props} /> },
}
