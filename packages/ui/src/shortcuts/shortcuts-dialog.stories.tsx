import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

const messages = [
  { role: 'user', content: 'How does the race reach the wheel?' },
  {
    role: 'assistant',
    content:
      'By a sluice:\n\n```ts\nsluice.open()\n```\n\n| Gate | Height |\n| :-- | --: |\n| Upper | 40 cm |\n| Lower | 25 cm |',
    finishReason: 'stop',
  },
] as const

function ChatWithShortcuts() {
  return (
    <div style={{ blockSize: 560 }}>
      <Chat
        {...fakeModel()}
        messages={messages}
        header={
          <div style={{ display: 'flex', justifyContent: 'end', padding: 8 }}>
            <ShortcutsDialog />
          </div>
        }
      />
    </div>
  )
}

/** Which keys do what. `?` among the messages opens it, and so does its button. */
const meta = {
  title: 'Parts/ShortcutsDialog',
  component: ChatWithShortcuts,
  subcomponents: { ShortcutsDialog },
} satisfies Meta<typeof ChatWithShortcuts>

export default meta
type Story = StoryObj<typeof meta>

export const Open: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    canvas.getByRole('log').focus()
    await userEvent.keyboard('?')
    const dialog = await canvas.findByRole('dialog')
    await waitFor(() => expect(dialog).toBeVisible())
  },
}

/** From turn to turn by arrows, to code and tables by B. */
export const ByKeyboard: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    canvas.getByRole('log').focus()
    await userEvent.keyboard('{End}')
    await expect(canvas.getAllByRole('article').at(-1)).toHaveFocus()
    await userEvent.keyboard('bb')
    await expect(canvas.getByRole('table').parentElement).toHaveFocus()
  },
}
