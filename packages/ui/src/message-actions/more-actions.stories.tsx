import { createMessage } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { Feedback, type FeedbackProps } from './feedback.tsx'
import { MessageActions } from './message-actions.tsx'
import { MoreActions } from './more-actions.tsx'
import { ReadAloud } from './read-aloud.tsx'

const message = createMessage({
  role: 'assistant',
  content: 'The wheel turns. It has turned since the mill was built.',
  finishReason: 'length',
})

function Actions(props: FeedbackProps) {
  return (
    <MessageActions message={message} isLast onRegenerate={() => {}} onContinue={() => {}}>
      <MoreActions>
        <Feedback {...props} />
        <ReadAloud message={message} />
      </MoreActions>
    </MessageActions>
  )
}

/** Whether an answer was good, and its text read aloud. On a phone they are behind a button. */
const meta = {
  title: 'Parts/MoreActions',
  component: Actions,
  subcomponents: { MoreActions, Feedback, ReadAloud },
  args: { onFeedback: fn() },
  parameters: { layout: 'padded' },
  decorators: [(story) => <div style={{ minBlockSize: 180 }}>{story()}</div>],
} satisfies Meta<typeof Actions>

export default meta
type Story = StoryObj<typeof meta>

export const WithRoom: Story = {}

export const RatedBefore: Story = { args: { rating: 'up' } }

export const AsksWhy: Story = {
  async play({ args, canvasElement }) {
    const [, bad] = canvasElement.querySelectorAll<HTMLElement>('[aria-pressed]')
    bad?.focus()
    await userEvent.keyboard('{Enter}')
    await expect(args.onFeedback).toHaveBeenCalledWith('down')
    await expect(await within(canvasElement).findByRole('textbox')).toHaveFocus()
  },
}

export const OnAPhone: Story = {
  decorators: [
    (story) => (
      <div style={{ maxInlineSize: 390, containerName: 'millrace', containerType: 'inline-size' }}>{story()}</div>
    ),
  ],
  async play({ canvasElement }) {
    const more = canvasElement.querySelector<HTMLElement>('.mr-more')
    more?.focus()
    await userEvent.keyboard('{Enter}')
    await expect(canvasElement.querySelector('.mr-more-actions button')).toHaveFocus()
  },
}
