import { createMessage } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, spyOn, userEvent, within } from 'storybook/test'
import { MessageActions } from './message-actions.tsx'

const answer = createMessage({
  role: 'assistant',
  content: 'The wheel turns.',
  finishReason: 'stop',
  usage: { inputTokens: 20, outputTokens: 212, totalTokens: 232 },
  timing: { startedAt: 0, firstTokenAt: 640, lastTokenAt: 3640, endedAt: 3660 },
})

/** What can be done with a message. On the last answer it is always seen, on others where the pointer or the focus is. */
const meta = {
  title: 'Parts/MessageActions',
  component: MessageActions,
  args: { message: answer, isLast: true, onRegenerate: fn() },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof MessageActions>

export default meta
type Story = StoryObj<typeof meta>

export const OfTheLastAnswer: Story = {
  async play({ args, canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Answer again' }))
    await expect(args.onRegenerate).toHaveBeenCalledOnce()
  },
}

/** Says for two seconds that it copied, to the ear as well. */
export const Copied: Story = {
  beforeEach() {
    spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }))
    await expect(navigator.clipboard.writeText).toHaveBeenCalledWith('The wheel turns.')
    await expect(await canvas.findByText('Copied')).toBeInTheDocument()
  },
}

export const OfAnOlderAnswer: Story = { args: { isLast: false } }

export const OfAQuestion: Story = {
  args: { message: createMessage({ role: 'user', content: 'Does it turn?' }), onRegenerate: undefined },
}

/** Without numbers from the provider there are none. */
export const WithoutNumbers: Story = {
  args: { message: createMessage({ role: 'assistant', content: 'It does.', finishReason: 'stop' }) },
}

/** Keeps the place, so that nothing moves at the end. */
export const WhileWriting: Story = {
  args: { message: createMessage({ role: 'assistant', content: 'It', status: 'streaming' }) },
  async play({ canvasElement }) {
    await expect(within(canvasElement).queryByRole('button')).toBeNull()
  },
}
