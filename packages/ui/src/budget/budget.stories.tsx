import type { Model } from '@millrace/core'
import { useStreamingChat } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { attachments } from '../attachments/attachments.ts'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { BudgetGuard } from './budget-guard.tsx'
import { createBudget } from './create-budget.ts'
import { guardedChat } from './guarded-chat.ts'
import { SendEstimate } from './send-estimate.tsx'

const models: readonly Model[] = [
  {
    id: 'story-model',
    name: 'Story',
    price: { input: 8, output: 8, asOf: '2026-11-22', source: 'https://example.com/prices' },
  },
]

/** What sending would cost, and a question before a budget is crossed. Both are estimates, and say so. */
const meta = {
  title: 'Parts/Budget',
  component: Chat,
  subcomponents: { SendEstimate, BudgetGuard },
  args: { ...fakeModel(), composer: <SendEstimate models={models} />, attachments: attachments() },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

const longText = 'The miller listens to the stones. When they run dry, he stops the wheel. '.repeat(4)

export const Estimate: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('textbox'))
    await userEvent.paste(longText)
    await expect(canvas.getByText(/≈ 7\d tokens/)).toBeVisible()
    await expect(canvas.getByText('≈ $0.0038')).toBeVisible()
  },
}

/** Enter has sent nothing yet: the question has the focus, and Escape leads back to the text. */
export const Asked: Story = {
  render: (args) => {
    const budget = createBudget({ max: 0.003 })
    return (
      <Chat
        {...args}
        composer={
          <>
            <BudgetGuard budget={budget} models={models} />
            <SendEstimate models={models} />
          </>
        }
      />
    )
  },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('textbox'))
    await userEvent.paste(longText)
    await userEvent.keyboard('{Enter}')
    await expect(await canvas.findByRole('group', { name: /over the \$0.0030 set for this chat/ })).toHaveFocus()
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'Send this one' })).toHaveFocus()
  },
}

const usage = { inputTokens: 12, outputTokens: 400, totalTokens: 412 }

function GuardedChat() {
  const chat = useStreamingChat({
    ...fakeModel(),
    messages: [
      { role: 'user', content: 'What does the miller do?' },
      { role: 'assistant', content: 'He listens to the stones.', model: 'story-model', usage, finishReason: 'stop' },
    ],
  })
  const [budget] = useState(() => createBudget({ max: 0.003 }))
  return <Chat chat={guardedChat(chat)} composer={<BudgetGuard budget={budget} models={models} />} />
}

/** In a chat by `guardedChat` whatever asks a model is asked about: another answer, a suggestion, a retry, an edit. */
export const AskedForAnotherAnswer: Story = {
  render: () => <GuardedChat />,
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Answer again' }))
    await expect(await canvas.findByRole('group', { name: /over the \$0.0030 set for this chat/ })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Do not ask' }))
    await expect(canvas.getByRole('textbox')).toHaveFocus()
    await expect(canvas.getByText('He listens to the stones.')).toBeVisible()
  },
}
