import { createThreads, memoryStorage, type ThreadStorage } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { ThreadList } from './thread-list.tsx'

interface SavedChatsProps {
  readonly titles: readonly string[]
  /** Nothing can be saved. */
  readonly isFull?: boolean
}

/** How long ago each was written in. */
const daysAgo = [0, 1, 3, 20, 90]

/** The first is of today, the next of yesterday, and so on. */
function SavedChats({ titles, isFull = false }: SavedChatsProps) {
  const [threads] = useState(() => createThreads({ storage: storageOf(titles, isFull) }))
  return (
    <div style={{ inlineSize: 264, blockSize: 480, display: 'grid' }}>
      <ThreadList threads={threads} />
    </div>
  )
}

const dayMs = 86_400_000

function storageOf(titles: readonly string[], isFull: boolean): ThreadStorage {
  const list = titles.map((title, index) => {
    const updatedAt = Date.now() - (daysAgo[index] ?? 0) * dayMs
    return { id: title, title, createdAt: updatedAt, updatedAt, shown: [] }
  })
  const storage = { ...memoryStorage(), list: async () => list }
  if (!isFull) return storage
  return { ...storage, list: () => Promise.reject(new DOMException('No room.', 'QuotaExceededError')) }
}

/** The saved threads of a page. */
const meta = {
  title: 'Parts/ThreadList',
  component: SavedChats,
  subcomponents: { ThreadList },
  parameters: { layout: 'padded' },
  args: {
    titles: [
      'Streaming with a gateway',
      'Giải thích Event Loop trong JavaScript',
      'nginx buffers my stream',
      'What ten million tokens cost',
      'Compare four models on one prompt',
    ],
  },
} satisfies Meta<typeof SavedChats>

export default meta
type Story = StoryObj<typeof meta>

export const ByDay: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const first = await canvas.findByRole('button', { name: 'Streaming with a gateway' })
    await userEvent.click(first)
    await expect(first).toHaveAttribute('aria-current', 'page')
    await expect(canvas.getAllByRole('heading')).toHaveLength(5)
  },
}

/** Enter takes the new title, Escape leaves the old one. */
export const Renaming: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    ;(await canvas.findByRole('button', { name: 'nginx buffers my stream' })).focus()
    await userEvent.keyboard('{F2}')
    await expect(canvas.getByRole('textbox', { name: 'Title' })).toHaveFocus()
  },
}

export const Deleted: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    ;(await canvas.findByRole('button', { name: 'nginx buffers my stream' })).focus()
    await userEvent.keyboard('{Delete}')
    await expect(await canvas.findByRole('button', { name: 'Undo' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'What ten million tokens cost' })).toHaveFocus()
  },
}

/** Whatever the case and the accents, in titles and messages. */
export const Found: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await canvas.findByRole('button', { name: 'nginx buffers my stream' })
    await userEvent.type(canvas.getByRole('searchbox'), 'GIAI')
    await expect(await canvas.findByText('1 chat found')).toBeInTheDocument()
    await expect(canvas.getAllByRole('listitem')).toHaveLength(1)
  },
}

export const Empty: Story = {
  args: { titles: [] },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('Your chats will be kept here.')).toBeVisible()
  },
}

export const NotSaved: Story = {
  args: { isFull: true },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText(/There is no room left/)).toBeVisible()
  },
}
