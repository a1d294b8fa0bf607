import { useStreamingChat } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ExportMenu, type ExportMenuProps } from './export-menu.tsx'

interface ChatToExportProps extends Pick<ExportMenuProps, 'title' | 'onImport'> {
  readonly isEmpty?: boolean
}

function ChatToExport({ isEmpty = false, ...props }: ChatToExportProps) {
  const chat = useStreamingChat({
    apiKey: 'story-key',
    messages: isEmpty
      ? []
      : [
          { role: 'user', content: 'Which wheel?' },
          { role: 'assistant', content: 'An overshot one.' },
        ],
  })
  return (
    <div style={{ display: 'flex', justifyContent: 'end', minBlockSize: 240 }}>
      <ExportMenu chat={chat} {...props} />
    </div>
  )
}

/** Downloads a thread, prints it, and opens one that was downloaded. */
const meta = {
  title: 'Parts/ExportMenu',
  component: ChatToExport,
  subcomponents: { ExportMenu },
  parameters: { layout: 'padded' },
  args: { title: 'Which wheel?', onImport: () => {} },
} satisfies Meta<typeof ChatToExport>

export default meta
type Story = StoryObj<typeof meta>

export const Open: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await expect(await canvas.findAllByRole('menuitem')).toHaveLength(4)
  },
}

/** Without a message there is nothing to download. */
export const OfAnEmptyChat: Story = {
  args: { isEmpty: true },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await expect(await canvas.findByRole('menuitem', { name: 'Print' })).toHaveAttribute('aria-disabled', 'true')
  },
}

export const NotAChat: Story = {
  async play({ canvasElement }) {
    const input = canvasElement.querySelector<HTMLInputElement>('input[type=file]')
    await userEvent.upload(input as HTMLInputElement, new File(['{}'], 'other.json', { type: 'application/json' }))
    await expect(await within(canvasElement).findByText(/format has to be/)).toBeVisible()
  },
}
