import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { JumpToLatest } from './jump-to-latest.tsx'
import { UnreadLine } from './unread-line.tsx'

/** What a reader sees who has gone up while more came: the way back, and on coming back, where the new messages begin. */
const meta = {
  title: 'Parts/Away from the end',
  component: JumpToLatest,
  parameters: { layout: 'padded' },
  args: { newCount: 0, onJump: fn(), focusHeir: () => null },
  decorators: [(Story) => <div style={{ position: 'relative', blockSize: '5rem' }}>{Story()}</div>],
} satisfies Meta<typeof JumpToLatest>

export default meta
type Story = StoryObj<typeof meta>

export const NothingNew: Story = {
  async play({ args, canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button'))
    await expect(args.onJump).toHaveBeenCalledOnce()
  },
}

export const TwoNew: Story = { args: { newCount: 2 } }

export const BackAgain: Story = { render: () => <UnreadLine /> }
