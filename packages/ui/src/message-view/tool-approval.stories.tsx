import { createMessage, type ToolCallPart } from '@millrace/core'
import { tool } from '@millrace/hooks'
import { reply } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { Thread } from '../thread/thread.tsx'

const input = { to: 'Huế', day: '2026-12-01', seats: 2, passengers: ['An', 'Bình'] }

const call: ToolCallPart = {
  type: 'tool-call',
  toolCallId: 'call-1',
  toolName: 'book_train',
  argumentsText: JSON.stringify(input),
  input,
  state: 'approval-requested',
}

const messages = [
  createMessage({ role: 'user', content: 'Book two seats to Huế on the first of December.' }),
  createMessage({ role: 'assistant', content: 'There is a train at nine.', finishReason: 'tool-calls', parts: [call] }),
]

const tools = { book_train: tool({ needsApproval: true, execute: () => 'Booked: coach 3, seats 14 and 15.' }) }

function AskingThread() {
  return (
    <StoryChat options={{ messages, tools }} answers={{ script: reply('As you wish.') }}>
      <Thread />
    </StoryChat>
  )
}

/** A tool that asks before it runs. */
const meta = { title: 'Parts/Tool approval', component: AskingThread } satisfies Meta<typeof AskingThread>

export default meta
type Story = StoryObj<typeof meta>

export const Asking: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('form', { name: 'Allow book_train?' })).toBeVisible()
  },
}

export const Allowed: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Allow' }))
    await expect(await canvas.findByText('As you wish.')).toBeVisible()
    await expect(canvas.getByText('Done')).toBeVisible()
  },
}

export const DeclinedWithAReason: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Give a reason' }))
    await userEvent.type(canvas.getByRole('textbox'), 'Too early{Enter}')
    await expect(await canvas.findByText('As you wish.')).toBeVisible()
    await expect(canvas.getByText('Declined')).toBeVisible()
  },
}
