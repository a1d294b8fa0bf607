import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ToolCall } from './tool-call.tsx'

const call = {
  type: 'tool-call',
  toolCallId: '1',
  toolName: 'open_sluice',
  argumentsText: '{"gate":"upper","height":0.4}',
  input: { gate: 'upper', height: 0.4 },
  state: 'input-available',
} as const

/** A call of a tool. See also `ToolApproval`, for those that ask first. */
const meta = {
  title: 'Parts/ToolCall',
  component: ToolCall,
  parameters: { layout: 'padded' },
  args: { part: call },
} satisfies Meta<typeof ToolCall>

export default meta
type Story = StoryObj<typeof meta>

export const BeingWritten: Story = {
  args: { part: { ...call, argumentsText: '{"gate":"up', input: undefined, state: 'input-streaming' }, isLive: true },
}

export const Called: Story = {}

export const Done: Story = {
  args: { part: { ...call, output: { litresPerSecond: 120 }, state: 'output-available' } },
  async play({ canvasElement }) {
    await userEvent.click(canvasElement.querySelector('summary') as HTMLElement)
    await expect(within(canvasElement).getByText(/litresPerSecond/)).toBeVisible()
  },
}

export const Failed: Story = { args: { part: { ...call, errorText: 'The gate is stuck.', state: 'output-error' } } }

export const CutShort: Story = { args: { part: { ...call, input: undefined, state: 'input-streaming' } } }
