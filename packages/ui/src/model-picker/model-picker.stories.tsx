import { anthropic, holysheep } from '@millrace/core/providers'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { ModelPicker } from './model-picker.tsx'

/** Picks the model that answers, with what each costs. */
const meta = {
  title: 'Parts/ModelPicker',
  component: ModelPicker,
  args: { models: holysheep.models, onChange: fn() },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof ModelPicker>

export default meta
type Story = StoryObj<typeof meta>

export const OneRate: Story = {
  async play({ args, canvasElement }) {
    await userEvent.selectOptions(within(canvasElement).getByRole('combobox'), 'deepseek-v3.2')
    await expect(args.onChange).toHaveBeenCalledWith('deepseek-v3.2')
  },
}

export const InAndOut: Story = { args: { models: anthropic.models, value: 'claude-opus-5-5' } }

/** As a provider says it in its list: OpenRouter and Mistral do. */
export const WithCapabilities: Story = {
  args: {
    models: [
      { id: 'miller', name: 'Miller', capabilities: ['vision', 'tools', 'reasoning'] },
      { id: 'apprentice', name: 'Apprentice', capabilities: ['tools'] },
    ],
  },
  async play({ canvasElement }) {
    const option = within(canvasElement).getByRole('option', { name: /^Miller · / })
    await expect(option).toHaveTextContent('Miller · sees pictures, calls tools, thinks first')
  },
}

export const WithoutPrices: Story = { args: { models: [{ id: 'llama', name: 'llama3.2:latest' }] } }

export const NothingKnown: Story = { args: { models: [] } }
