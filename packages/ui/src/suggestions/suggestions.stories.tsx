import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { FollowUps } from './follow-ups.tsx'
import { Suggestion, Suggestions } from './suggestions.tsx'

const starters = (
  <Suggestions>
    <Suggestion prompt="What is a millrace, and what is it for?">What is a millrace?</Suggestion>
    <Suggestion>Why is the sky blue?</Suggestion>
    <Suggestion prompt="Viết một bài thơ về dòng nước.">Viết thơ về dòng nước</Suggestion>
  </Suggestions>
)

const followUps = (
  <FollowUps>
    <Suggestion>And in winter?</Suggestion>
    <Suggestion prompt="Say the same in one sentence.">In one sentence</Suggestion>
    <Suggestion>How long does a wheel last, and what wears out first?</Suggestion>
  </FollowUps>
)

/** Something to begin with, and something to go on with. A press sends it. */
const meta = {
  title: 'Parts/Suggestions',
  component: Chat,
  subcomponents: { Suggestions, Suggestion, FollowUps },
  args: {
    ...fakeModel({ script: 'The water runs **under** the ice. The wheel stands still.' }),
    empty: starters,
    aboveComposer: followUps,
  },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

export const Starters: Story = {}

export const Pressed: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'What is a millrace?' }))
    await expect(await canvas.findByText('What is a millrace, and what is it for?')).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('textbox')).toHaveFocus())
    await expect(await canvas.findByRole('button', { name: 'And in winter?' })).toBeVisible()
  },
}
