import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { Composer } from '../composer/composer.tsx'
import { StoryChat } from '../test-support/story-chat.tsx'
import { attachments } from './attachments.ts'

const files = attachments({ maxBytes: 20_000, accept: 'image/*,.csv' })

function ComposerWithFiles() {
  return (
    <StoryChat options={{ attachments: files }}>
      <Composer attachments={files} />
    </StoryChat>
  )
}

/** Files of the message being written: chosen, pasted, or dropped anywhere in the chat. */
const meta = {
  title: 'Parts/Attachments',
  component: ComposerWithFiles,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof ComposerWithFiles>

export default meta
type Story = StoryObj<typeof meta>

const square = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="teal" d="M0 0h1v1H0z"/></svg>`
const picture = new File([square], 'square.svg', { type: 'image/svg+xml' })
const prices = new File(['model,price\n'.repeat(1000)], 'prices.csv', { type: 'text/csv' })
const film = new File(['film'], 'film.mov', { type: 'video/quicktime' })

async function attach(canvasElement: HTMLElement, ...added: File[]) {
  const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
  if (input) await userEvent.upload(input, added, { applyAccept: false })
}

export const None: Story = {}

/** Pictures as themselves, other files by name and size. Each can be taken off. */
export const Attached: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await attach(canvasElement, picture, prices)
    await expect(await canvas.findByAltText('square.svg')).toBeVisible()
    await expect(canvas.getByText('12 kB')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Send' })).not.toHaveAttribute('aria-disabled')
  },
}

export const TakenOff: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await attach(canvasElement, picture, prices)
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove prices.csv' }))
    await expect(canvas.getByRole('button', { name: 'Remove square.svg' })).toHaveFocus()
  },
}

/** What is not taken says why, and is not sent. */
export const Refused: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await attach(canvasElement, film, prices)
    await expect(await canvas.findByText('film.mov cannot be attached.')).toBeVisible()
  },
}
