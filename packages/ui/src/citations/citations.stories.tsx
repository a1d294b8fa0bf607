import { cite, reply } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { renderCited } from './cited-message.tsx'

const script = reply(
  'Water in a millrace runs at about **one metre a second** [1], an overshot wheel at half of that [1, 2]【2†source】. What the stones do is another matter [9].',
  cite('https://example.com/millraces', 'How millraces work'),
  cite('https://example.org/wheels', 'Wheels and their speed'),
)

/** What a model wrote as `[1]` leads to that source of its answer, by keyboard too; other numbers stay as they are. */
const meta = {
  title: 'Parts/Citations',
  component: Chat,
  args: { ...fakeModel({ script }), renderMessage: renderCited },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

export const InAnAnswer: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox'), 'How fast is it?{Enter}')
    const linksTo = (name: string) => canvas.getAllByRole('link', { name })
    await waitFor(() => expect(linksTo('Source 2: Wheels and their speed')).toHaveLength(2), { timeout: 8_000 })
    await expect(linksTo('Source 1: How millraces work')).toHaveLength(2)
    await expect(canvasElement.querySelector('.mr-prose')).toHaveTextContent(/another matter \[9\]/)
  },
}
