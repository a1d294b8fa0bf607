import { addMessage, createMessage, createThread, type Thread } from '@millrace/core'
import { type ChatState, useChatSelector, useMessageIds } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { BranchPicker } from './branch-picker.tsx'

interface ForkedChatProps {
  /** What was said in one place, of which the last is shown. */
  readonly versions: readonly string[]
}

function ForkedChat({ versions }: ForkedChatProps) {
  return (
    <StoryChat options={{ thread: threadOf(versions) }}>
      <LastMessage />
    </StoryChat>
  )
}

function threadOf(versions: readonly string[]): Thread {
  const question = createMessage({ id: 'question', role: 'user', content: 'Which wheel?' })
  return versions.reduce(
    (thread, content) => addMessage(thread, createMessage({ id: content, role: 'assistant', content }), question.id),
    createThread([question]),
  )
}

function LastMessage() {
  const id = useMessageIds().at(-1)
  const content = useChatSelector(selectLastContent)
  return (
    <>
      <p>{content}</p>
      {id && <BranchPicker messageId={id} />}
    </>
  )
}

const selectLastContent = (state: ChatState) => state.messages.at(-1)?.content

/** Goes through what was said in a message's place: other answers, other wordings of a question. */
const meta = {
  title: 'Parts/BranchPicker',
  component: ForkedChat,
  subcomponents: { BranchPicker },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof ForkedChat>

export default meta
type Story = StoryObj<typeof meta>

/** The focus stays on the way, though it leads from one turn to another. */
export const ByClick: Story = {
  args: { versions: ['An overshot one.', 'An undershot one.', 'A turbine.'] },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(canvas.getByText('3 / 3')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Previous version' }))
    await expect(await canvas.findByText('An undershot one.')).toBeVisible()
    await expect(canvas.getByText('2 / 3')).toBeVisible()
  },
}

export const ByArrowKeys: Story = {
  args: { versions: ['Yes.', 'No.'] },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    canvas.getByRole('button', { name: 'Previous version' }).focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(await canvas.findByText('1 / 2')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Previous version' })).toHaveFocus()
    await expect(canvas.getByRole('button', { name: 'Previous version' })).toHaveAttribute('aria-disabled', 'true')
  },
}

/** Where nothing else was said, there is nothing. */
export const OnlyOneVersion: Story = {
  args: { versions: ['That one.'] },
  async play({ canvasElement }) {
    await expect(within(canvasElement).queryByRole('group')).toBeNull()
  },
}
