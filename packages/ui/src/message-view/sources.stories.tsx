import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { Sources } from './sources.tsx'

/** The pages that an answer refers to. */
const meta = {
  title: 'Parts/Sources',
  component: Sources,
  parameters: { layout: 'padded' },
  args: {
    sources: [
      { type: 'source', url: 'https://example.com/mills', title: 'A history of water mills' },
      { type: 'source', url: 'https://water.example/wheels' },
      {
        type: 'source',
        url: 'https://example.org/very-long',
        title: 'How the height of the fall decides between overshot, breastshot and undershot wheels',
      },
    ],
  },
} satisfies Meta<typeof Sources>

export default meta
type Story = StoryObj<typeof meta>

export const OfAnAnswer: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getAllByRole('link')).toHaveLength(3)
  },
}

/** What could run something is shown, and leads nowhere. */
export const AnUnsafeAddress: Story = {
  args: { sources: [{ type: 'source', url: 'javascript:alert(1)', title: 'Not a page' }] },
}
