import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

function SomeDialog({ lines = 2 }: { readonly lines?: number }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div style={{ minBlockSize: 400 }}>
      <Button onClick={() => setIsOpen(true)}>Open</Button>
      {isOpen && (
        <Dialog title="The rules of the mill" onClose={() => setIsOpen(false)}>
          {'Whoever comes first grinds first. '
            .repeat(lines)
            .split('. ')
            .map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
              <p key={index}>{line}</p>
            ))}
        </Dialog>
      )}
    </div>
  )
}

/** A dialog of the parts: the browser's, with a title and a cross. A sheet on a phone. */
const meta = {
  title: 'Controls/Dialog',
  component: SomeDialog,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof SomeDialog>

export default meta
type Story = StoryObj<typeof meta>

async function open(canvasElement: HTMLElement): Promise<void> {
  await userEvent.click(within(canvasElement).getByRole('button', { name: 'Open' }))
  const dialog = await within(canvasElement).findByRole('dialog', { name: 'The rules of the mill' })
  await waitFor(() => expect(dialog).toBeVisible())
}

export const Open: Story = { play: ({ canvasElement }) => open(canvasElement) }

export const LongerThanTheView: Story = { args: { lines: 40 }, play: ({ canvasElement }) => open(canvasElement) }
