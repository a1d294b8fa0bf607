import { pause, reply } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { StoryChat, type StoryChatProps } from '../test-support/story-chat.tsx'
import { Composer, type ComposerProps } from './composer.tsx'

interface ComposerOfChatProps extends ComposerProps {
  readonly chat?: StoryChatProps
}

function ComposerOfChat({ chat, ...props }: ComposerOfChatProps) {
  return (
    <StoryChat {...chat}>
      <Composer {...props} />
    </StoryChat>
  )
}

/** Where messages are written. */
const meta = {
  title: 'Parts/Composer',
  component: ComposerOfChat,
  subcomponents: { Composer },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof ComposerOfChat>

export default meta
type Story = StoryObj<typeof meta>

const endless = reply('One moment', pause(3_600_000))

/** There is nothing to send yet; the button can hold the focus all the same. */
export const Empty: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
  },
}

export const Focused: Story = {
  args: { autoFocus: true },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('textbox')).toHaveFocus()
  },
}

/** Grows with what is written, up to a height; Shift+Enter begins a line. */
export const SeveralLines: Story = {
  async play({ canvasElement }) {
    const box = within(canvasElement).getByRole('textbox')
    const { height } = box.getBoundingClientRect()
    await userEvent.type(box, 'First,{Shift>}{Enter}{/Shift}second,{Shift>}{Enter}{/Shift}third.')
    await waitFor(() => expect(box.getBoundingClientRect().height).toBeGreaterThan(2 * height))
    await expect(box).toHaveValue('First,\nsecond,\nthird.')
  },
}

/** Escape or the square stops the reply. */
export const WhileAnswering: Story = {
  args: { chat: { asks: ['Tell me'], answers: { script: endless } } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('button', { name: 'Stop' })).toBeVisible()
  },
}

export const Stopping: Story = {
  args: WhileAnswering.args,
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Stop' }))
    await expect(await canvas.findByRole('button', { name: 'Send' })).toBeVisible()
  },
}

/** What is sent meanwhile waits its turn, and can be taken back. */
export const WithAQueue: Story = {
  args: { chat: { asks: ['Tell me', 'And in winter?', 'And when it floods?'], answers: { script: endless } } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const [first] = await canvas.findAllByRole('button', { name: 'Do not send' })
    if (first) await userEvent.click(first)
    await waitFor(() => expect(canvas.queryByText('And in winter?')).toBeNull())
    await expect(canvas.getByText('And when it floods?')).toBeVisible()
  },
}

/** ArrowUp in the empty field brings the last message back. */
export const LastMessageAgain: Story = {
  args: { chat: { options: { messages: [{ role: 'user', content: 'What turns the wheel?' }] } } },
  async play({ canvasElement }) {
    await userEvent.type(within(canvasElement).getByRole('textbox'), '{ArrowUp}')
    await expect(within(canvasElement).getByRole('textbox')).toHaveValue('What turns the wheel?')
  },
}

/** Where the chat refuses while it is busy, the text comes back. */
export const NotSent: Story = {
  args: { chat: { asks: ['Tell me'], answers: { script: endless }, options: { whenBusy: 'reject' } } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await canvas.findByRole('button', { name: 'Stop' })
    await userEvent.type(canvas.getByRole('textbox'), 'Now{Enter}')
    await waitFor(() => expect(canvas.getByRole('alert')).not.toBeEmptyDOMElement())
    await waitFor(() => expect(canvas.getByRole('textbox')).toHaveValue('Now'))
  },
}
