import { useChatActions } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useState } from 'react'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { fakeModel, StoryChat } from '../test-support/story-chat.tsx'
import { createInspector, type Inspector } from './create-inspector.ts'
import { WireInspector } from './wire-inspector.tsx'

function InspectedChat({ script, fails = false }: { readonly script: string; readonly fails?: boolean }) {
  const answers = fails ? { fault: 'rate-limited' as const } : { script }
  const [inspector] = useState(() => createInspector({ fetch: fakeModel(answers).fetch }))
  return (
    <StoryChat options={{ fetch: inspector.fetch, onChunk: inspector.onChunk }}>
      <Ask inspector={inspector} />
    </StoryChat>
  )
}

function Ask({ inspector }: { readonly inspector: Inspector }) {
  const { sendMessage } = useChatActions()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the story appears.
  useEffect(() => {
    if (inspector.getExchanges().length === 0) void sendMessage('How does the wheel turn?')
  }, [])
  return (
    <div style={{ blockSize: 460 }}>
      <WireInspector inspector={inspector} />
    </div>
  )
}

/** What goes over the wire while a chat streams: lines, events, chunks and their timing. */
const meta = {
  title: 'Parts/WireInspector',
  component: InspectedChat,
  subcomponents: { WireInspector },
  args: { script: 'The race leads the water to the wheel, and the wheel turns the stones. '.repeat(3) },
} satisfies Meta<typeof InspectedChat>

export default meta
type Story = StoryObj<typeof meta>

export const Events: Story = {
  async play({ canvasElement }) {
    await waitFor(() => expect(within(canvasElement).getByText('message: [DONE]')).toBeInTheDocument(), {
      timeout: 5_000,
    })
  },
}

export const Chunks: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const radios = await canvas.findAllByRole('radio')
    await userEvent.click(radios[2] as HTMLElement)
    await waitFor(() => expect(canvas.getByText(/"message-end"/)).toBeInTheDocument(), { timeout: 5_000 })
    await userEvent.type(canvas.getByRole('searchbox'), 'message-end')
    await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(1))
    await userEvent.click(canvas.getByText(/"message-end"/))
    await expect(canvasElement.querySelector('pre')).toHaveTextContent('"type": "message-end"')
  },
}

export const AFailure: Story = {
  args: { fails: true },
  async play({ canvasElement }) {
    await waitFor(() => expect(within(canvasElement).getByText('429')).toBeInTheDocument(), { timeout: 5_000 })
  },
}

export const BeforeAnything: Story = {
  render: () => <WireInspector inspector={createInspector()} />,
}
