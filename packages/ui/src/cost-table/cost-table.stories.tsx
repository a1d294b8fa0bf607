import { createMessage, holysheep, type MessageInit } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { ThreadUsage } from '../usage-meter/thread-usage.tsx'
import { UsageMeter } from '../usage-meter/usage-meter.tsx'
import { CostTable } from './cost-table.tsx'

function reply(id: string, content: string, model: string, inputTokens: number, outputTokens: number): MessageInit {
  return {
    id,
    role: 'assistant',
    content,
    model,
    finishReason: 'stop',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    timing: { startedAt: 0, firstTokenAt: 640, lastTokenAt: 4_640, writingMs: 4_000, endedAt: 4_660 },
  }
}

const messages = [
  createMessage({ role: 'user', content: 'How does a mill turn?' }),
  reply('one', 'The race carries the water to the wheel, and the wheel turns the stone.', 'gpt-4.1', 18, 412),
  createMessage({ role: 'user', content: 'And in winter?' }),
  reply('two', 'It freezes.', 'deepseek-v3.2', 452, 96),
  createMessage({ role: 'user', content: 'What then?' }),
  reply('three', 'Then the miller waits, and mends what the year has worn.', 'gpt-4.1', 570, 1_204),
]

/** What the replies of a chat took and cost, by model and one by one. */
const meta = {
  title: 'Parts/CostTable',
  component: CostTable,
  parameters: { layout: 'padded' },
  decorators: (Story, { parameters }) => (
    <StoryChat options={{ provider: holysheep, messages: parameters.messages ?? messages }}>
      <Story />
    </StoryChat>
  ),
} satisfies Meta<typeof CostTable>

export default meta
type Story = StoryObj<typeof meta>

export const OfTwoModels: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('table', { name: 'What this chat cost' })).toBeVisible()
  },
}

export const WithUnknownPrices: Story = {
  parameters: { messages: [...messages, reply('four', 'Of a model without a price.', 'llama-local', 700, 80)] },
}

export const Nothing: Story = { parameters: { messages: [] } }

/** `UsageMeter` tells of one reply, `ThreadUsage` of all of them. */
export const Meters: Story = {
  render: () => (
    <div style={{ display: 'grid', gap: 8 }}>
      <UsageMeter messageId="one" />
      <UsageMeter messageId="two" />
      <ThreadUsage />
    </div>
  ),
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByText(/412 tokens/)).toBeVisible()
  },
}
