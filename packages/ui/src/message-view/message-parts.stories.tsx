import { createMessage, type Message, type Part, type Role, type ToolCallPart } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { Turn } from './message-view.tsx'

interface MessageOfPartsProps {
  readonly parts: readonly Part[]
  readonly role?: Role
  readonly status?: Message['status']
}

function MessageOfParts({ parts, role = 'assistant', status = 'done' }: MessageOfPartsProps) {
  return (
    <StoryChat>
      <Turn message={createMessage({ role, status, parts })} />
    </StoryChat>
  )
}

/** Everything that a message says, part by part: text, thoughts, calls of tools, files, and its sources last. */
const meta = {
  title: 'Parts/MessageParts',
  component: MessageOfParts,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof MessageOfParts>

export default meta
type Story = StoryObj<typeof meta>

export const Text: Story = {
  args: { parts: [{ type: 'text', text: 'The wheel turns **slowly**, and all day.', state: 'done' }] },
}
export const TextBeingWritten: Story = {
  args: { status: 'streaming', parts: [{ type: 'text', text: 'The wheel turns **slow', state: 'streaming' }] },
}
/** What a reader wrote is shown as it was written, and is no Markdown. */
export const TextOfTheReader: Story = {
  args: {
    role: 'user',
    parts: [{ type: 'text', text: 'Why **this** wheel?\nAnd why here?\n\nTell me.', state: 'done' }],
  },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByText(/Why \*\*this\*\* wheel\?/)).toBeVisible()
  },
}
export const Refusal: Story = {
  args: { parts: [{ type: 'refusal', text: 'I do not help with flooding the valley.', state: 'done' }] },
}

export const Thinking: Story = {
  args: { status: 'streaming', parts: [{ type: 'reasoning', text: 'Water has weight, so', state: 'streaming' }] },
}
export const Thought: Story = {
  args: {
    parts: [
      {
        type: 'reasoning',
        text: 'Water has weight, so an overshot wheel needs less of it.',
        state: 'done',
        durationMs: 4200,
      },
      { type: 'text', text: 'Take an overshot wheel.', state: 'done' },
    ],
  },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByText(/Thought for/))
    await expect(canvas.getByText(/Water has weight/)).toBeVisible()
  },
}

const call = { type: 'tool-call', toolCallId: 'call_1', toolName: 'search_weather' } as const
const argumentsText = '{"city": "Đà Lạt", "days": 3}'
const input = { city: 'Đà Lạt', days: 3 }

const calls = (part: Partial<ToolCallPart>, status: Message['status'] = 'done') => ({
  status,
  parts: [{ ...call, argumentsText, input, state: 'input-available', ...part } satisfies ToolCallPart],
})

export const ToolBeingCalled: Story = {
  args: {
    status: 'streaming',
    parts: [{ ...call, argumentsText: '{"city": "Đà', state: 'input-streaming' }],
  },
}
export const ToolCalled: Story = { args: calls({}, 'streaming') }
export const ToolCutShort: Story = {
  args: { parts: [{ ...call, argumentsText: '{"city": "Đà', state: 'input-streaming' }] },
}
export const ToolDone: Story = {
  args: calls({ state: 'output-available', output: { rain: '12 mm', wind: 'light' } }),
  async play({ canvasElement }) {
    await userEvent.click(within(canvasElement).getByText('search_weather'))
    await expect(within(canvasElement).getByText(/12 mm/)).toBeVisible()
  },
}
export const ToolFailed: Story = {
  args: calls({ state: 'output-error', errorText: 'The weather service did not answer.' }),
}

export const Sources: Story = {
  args: {
    parts: [
      { type: 'text', text: 'Two pages say so.', state: 'done' },
      { type: 'source', url: 'https://example.com/millraces', title: 'How millraces work' },
      { type: 'source', url: 'https://example.org/wheels' },
      { type: 'source', url: 'javascript:alert(1)', title: 'No page at all' },
    ],
  },
  async play({ canvasElement }) {
    // The last one leads nowhere safe, so it is no link.
    await expect(within(canvasElement).getAllByRole('link')).toHaveLength(2)
  },
}

const drawing =
  'data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="%23cfe5ee"/><circle cx="160" cy="100" r="70" fill="none" stroke="%23336b80" stroke-width="12"/></svg>'

export const Files: Story = {
  args: {
    role: 'user',
    parts: [
      { type: 'file', mediaType: 'image/svg+xml', url: drawing, name: 'wheel.svg' },
      { type: 'file', mediaType: 'application/pdf', url: 'https://example.com/plan.pdf', name: 'plan of the mill.pdf' },
      { type: 'file', mediaType: 'text/csv', name: 'flow.csv' },
      { type: 'text', text: 'This is the mill.', state: 'done' },
    ],
  },
}
