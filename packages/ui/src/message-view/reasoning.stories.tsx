import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { Reasoning } from './reasoning.tsx'

const thought = {
  type: 'reasoning',
  text: 'The fall is 3 m, so an **overshot** wheel gives most.\n\n1. Flow\n2. Height',
  state: 'done',
  durationMs: 12_400,
} as const

/** What the model thought before it answered, folded. */
const meta = {
  title: 'Parts/Reasoning',
  component: Reasoning,
  parameters: { layout: 'padded' },
  args: { part: thought },
} satisfies Meta<typeof Reasoning>

export default meta
type Story = StoryObj<typeof meta>

export const Folded: Story = {}

export const Unfolded: Story = {
  async play({ canvasElement }) {
    await userEvent.click(canvasElement.querySelector('summary') as HTMLElement)
    await expect(within(canvasElement).getByText('overshot')).toBeVisible()
  },
}

export const UnderWay: Story = { args: { part: { ...thought, state: 'streaming' }, isLive: true } }

/** Some providers keep it to themselves. */
export const Secret: Story = { args: { part: { ...thought, text: '' } } }
