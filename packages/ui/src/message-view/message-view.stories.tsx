import { useMessageIds } from '@millrace/hooks'
import { pause, reply } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StoryChat, type StoryChatProps } from '../test-support/story-chat.tsx'
import { MessageView } from './message-view.tsx'
import { WaitingView } from './waiting.tsx'

const never = 3_600_000
const question = { role: 'user', content: 'How does a millrace work?' } as const
const answer = {
  role: 'assistant',
  content: 'It takes water from the river above the mill and leads it, with as little fall as it can, to the wheel.',
  finishReason: 'stop',
  usage: { inputTokens: 12, outputTokens: 148, totalTokens: 160 },
  timing: { startedAt: 0, firstTokenAt: 420, lastTokenAt: 2420, endedAt: 2430 },
} as const

function Turns() {
  const ids = useMessageIds()
  return (
    <div className="mr-thread-content">
      {ids.map((id) => (
        <MessageView key={id} id={id} isLast={id === ids.at(-1)} />
      ))}
    </div>
  )
}

/** One turn, as a thread shows it. */
const meta = {
  title: 'Parts/MessageView',
  component: StoryChat,
  subcomponents: { MessageView },
  render: (args: StoryChatProps) => (
    <StoryChat {...args}>
      <Turns />
    </StoryChat>
  ),
  parameters: { layout: 'padded' },
} satisfies Meta<typeof StoryChat>

export default meta
type Story = StoryObj<typeof meta>

export const Question: Story = { args: { options: { messages: [question] } } }

export const Answer: Story = { args: { options: { messages: [question, answer] } } }

/** Nothing has come yet. */
export const Waiting: Story = {
  args: { asks: ['Are you there?'], answers: { script: reply(pause(never)) } },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('Waiting for the answer')).toBeInTheDocument()
  },
}

export const Writing: Story = {
  args: { asks: ['Tell me'], answers: { script: reply('It takes water from the', pause(never)) } },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText(/It takes water from the/)).toBeVisible()
  },
}

export const AnsweredAgain: Story = {
  args: { options: { messages: [question, answer] }, answers: { script: 'It leads water to the wheel.' } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Answer again' }))
    await expect(await canvas.findByText('It leads water to the wheel.')).toBeVisible()
    await userEvent.click(await canvas.findByRole('button', { name: 'Previous version' }))
    await expect(await canvas.findByText(/It takes water/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Previous version' })).toHaveFocus()
  },
}

/** Vietnamese: no letter is cut off at its top or bottom. */
export const InVietnamese: Story = {
  args: {
    options: {
      messages: [
        { role: 'user', content: 'Ế ẩm quá, cối xay nước quay thế nào?' },
        { role: 'assistant', content: '## Ổn định dòng nước\n\nMương dẫn nước từ **thượng nguồn** về bánh xe.' },
      ],
    },
  },
}

/** No byte for a while: the reader is told, not left alone. */
export const Silent: Story = {
  render: () => <WaitingView isIdle silentMs={12_000} />,
}

/** The request will be sent again by itself. */
export const Retrying: Story = {
  render: () => <WaitingView isIdle retryAt={Date.now() + 30_000} />,
}
