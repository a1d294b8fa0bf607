import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { attachments } from './attachments.ts'

/** Files are attached by button, pasted, or dropped anywhere in the chat, and read at once. */
const meta = {
  title: 'Parts/Attachments',
  component: Chat,
  args: { ...fakeModel({ script: 'A fine wheel.' }), attachments: attachments({ maxBytes: 10_000 }) },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

const drawing = new File(
  [
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><circle cx="60" cy="60" r="44" fill="none" stroke="#336b80" stroke-width="12"/></svg>',
  ],
  'wheel.svg',
  { type: 'image/svg+xml' },
)
const table = new File(['month,litres\n1,40'], 'flow.csv', { type: 'text/csv' })
const tooLarge = new File(['x'.repeat(20_000)], 'everything.txt', { type: 'text/plain' })

async function attach(canvasElement: HTMLElement, ...files: File[]) {
  const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
  if (input) await userEvent.upload(input, files)
}

export const NoFiles: Story = {}

export const Attached: Story = {
  async play({ canvasElement }) {
    await attach(canvasElement, drawing, table)
    await expect(await within(canvasElement).findByText('flow.csv')).toBeVisible()
    await expect(within(canvasElement).getByText('2 files attached')).toBeInTheDocument()
  },
}

/** What is not taken says so at once, and will not be sent. */
export const Refused: Story = {
  async play({ canvasElement }) {
    await attach(canvasElement, tooLarge)
    await expect(await within(canvasElement).findByText('everything.txt cannot be attached.')).toBeVisible()
  },
}

export const Sent: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await attach(canvasElement, drawing)
    await userEvent.type(canvas.getByRole('textbox'), 'Look{Enter}')
    await expect(await canvas.findByText('A fine wheel.')).toBeVisible()
    await expect(canvas.getByRole('img', { name: 'wheel.svg' })).toBeVisible()
  },
}
