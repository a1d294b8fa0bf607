import { createMessage } from '@millrace/core'
import { reply } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { Thread } from '../thread/thread.tsx'

const messages = [
  createMessage({ role: 'user', content: 'What turns the wheel?' }),
  createMessage({ role: 'assistant', content: 'Water, in a millrace.', finishReason: 'stop' }),
]

function EditableThread() {
  return (
    <StoryChat options={{ messages }} answers={{ script: reply('The miller.') }}>
      <Thread />
    </StoryChat>
  )
}

/** What one has sent, said in other words. */
const meta = { title: 'Parts/Message editor', component: EditableThread } satisfies Meta<typeof EditableThread>

export default meta
type Story = StoryObj<typeof meta>

const edit = (canvasElement: HTMLElement) =>
  userEvent.click(within(canvasElement).getByRole('button', { name: 'Edit the message' }))

export const Editing: Story = {
  async play({ canvasElement }) {
    await edit(canvasElement)
    await expect(within(canvasElement).getByRole('textbox')).toHaveFocus()
  },
}

/** The earlier wording stays, one version back. */
export const Saved: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await edit(canvasElement)
    await userEvent.clear(canvas.getByRole('textbox'))
    await userEvent.type(canvas.getByRole('textbox'), 'Who turns the wheel?{Enter}')
    await expect(await canvas.findByText('The miller.')).toBeVisible()
    await expect(canvas.getByText('2 / 2')).toBeVisible()
  },
}

export const Cancelled: Story = {
  async play({ canvasElement }) {
    await edit(canvasElement)
    await userEvent.keyboard('Nonsense{Escape}')
    await expect(within(canvasElement).getByText('What turns the wheel?')).toBeVisible()
    await expect(within(canvasElement).getByRole('button', { name: 'Edit the message' })).toHaveFocus()
  },
}
