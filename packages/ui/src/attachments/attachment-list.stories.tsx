import type { Meta, StoryObj } from '@storybook/react-vite'
import { Attachments } from './attachment-list.tsx'

const wheel =
  '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160"><circle cx="80" cy="80" r="70" fill="none" stroke="#0a7ea4" stroke-width="14"/><path d="M80 10v140M10 80h140" stroke="#0a7ea4" stroke-width="8"/></svg>'

/** The files of a message. */
const meta = {
  title: 'Parts/Attachments',
  component: Attachments,
  parameters: { layout: 'padded' },
  args: {
    parts: [
      { type: 'file', mediaType: 'image/svg+xml', data: btoa(wheel), name: 'wheel.svg' },
      {
        type: 'file',
        mediaType: 'application/pdf',
        url: 'https://example.com/plan.pdf',
        name: 'The plan of the mill.pdf',
      },
      { type: 'file', mediaType: 'text/plain', name: 'notes.txt' },
    ],
  },
} satisfies Meta<typeof Attachments>

export default meta
type Story = StoryObj<typeof meta>

export const OfAMessage: Story = {}

export const OneWithAVeryLongName: Story = {
  args: { parts: [{ type: 'file', mediaType: 'text/plain', name: `${'a-very-long-name-'.repeat(12)}.txt` }] },
}
