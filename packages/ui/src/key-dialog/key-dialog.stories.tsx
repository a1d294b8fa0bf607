import { anthropic, holysheep, openai } from '@millrace/core/providers'
import { createFakeProvider } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { KeyDialog } from './key-dialog.tsx'

const secret = 'sk-story'
const provider = createFakeProvider({ apiKey: secret, models: ['gpt-4.1', 'gpt-4.1-mini'] })

/** Asks for an API key, tries it, and only then takes it. The right one here is `sk-story`. */
const meta = {
  title: 'Parts/KeyDialog',
  component: KeyDialog,
  args: { providers: [openai], fetch: provider.fetch, onKey: fn(), onClose: fn(), onRemove: fn() },
} satisfies Meta<typeof KeyDialog>

export default meta
type Story = StoryObj<typeof meta>

async function enter(canvasElement: HTMLElement, key: string) {
  const canvas = within(canvasElement)
  await userEvent.type(canvas.getByLabelText('Key'), `${key}{Enter}`)
  return canvas
}

export const Empty: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByLabelText('Key')).toHaveFocus()
  },
}

export const Accepted: Story = {
  async play({ args, canvasElement }) {
    const canvas = await enter(canvasElement, secret)
    await waitFor(() => expect(canvas.getByText(/The key works/)).toBeVisible())
    await expect(args.onKey).toHaveBeenCalledOnce()
  },
}

export const Rejected: Story = {
  async play({ args, canvasElement }) {
    const canvas = await enter(canvasElement, 'sk-wrong')
    await waitFor(() => expect(canvas.getByText(/did not accept this key/)).toBeVisible())
    await expect(args.onKey).not.toHaveBeenCalled()
  },
}

/** Nobody could be asked: the reader may know better. */
export const Unreachable: Story = {
  args: { fetch: () => Promise.reject(new TypeError('Failed to fetch')) },
  async play({ canvasElement }) {
    const canvas = await enter(canvasElement, secret)
    await waitFor(() => expect(canvas.getByText(/could not be reached/)).toBeVisible())
    await expect(canvas.getByRole('button', { name: 'Use it unchecked' })).toBeVisible()
  },
}

export const OfSeveralProviders: Story = {
  args: { providers: [holysheep, openai, anthropic], kept: { key: secret, place: 'browser', provider: 'openai' } },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByLabelText('Provider')).toHaveValue('openai')
  },
}
