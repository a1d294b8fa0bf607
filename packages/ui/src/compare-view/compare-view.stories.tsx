import { holysheep } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { AnswerWith } from '../message-actions/answer-with.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { CompareWith } from './compare-with.tsx'
import { renderCompared } from './compared-message.tsx'

const remedies = { models: holysheep.models }

/** A chat in which two models may answer at once. */
function ComparingChat() {
  return (
    <div style={{ blockSize: 640 }}>
      <Chat
        {...fakeModel()}
        provider={holysheep}
        model="gpt-4.1"
        remedies={remedies}
        renderMessage={renderCompared}
        composer={<CompareWith models={holysheep.models} />}
        actions={(message) => <AnswerWith message={message} models={holysheep.models} />}
      />
    </div>
  )
}

/** Several models answer one question: side by side, as tabs on a phone. Each can be stopped; the chat goes on from one. */
const meta = { title: 'Parts/CompareView', component: ComparingChat } satisfies Meta<typeof ComparingChat>

export default meta
type Story = StoryObj<typeof meta>

export const TwoModels: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Compare two models' }))
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Compared with' }), 'deepseek-v3.2')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'How does a mill turn?{Enter}')
    await waitFor(() => expect(canvas.getAllByText('Done')).toHaveLength(2), { timeout: 8_000 })
  },
}

export const AnsweredByAnother: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'How does a mill turn?{Enter}')
    await userEvent.click(await canvas.findByRole('button', { name: 'Answer with another model' }, { timeout: 8_000 }))
    await userEvent.click(canvas.getByRole('menuitemradio', { name: /DeepSeek/ }))
    const label = await canvas.findByText('DeepSeek V3.2', {}, { timeout: 8_000 })
    await expect(label).toHaveTextContent(/^DeepSeek V3.2 · /)
  },
}
