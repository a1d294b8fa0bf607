// @vitest-environment jsdom
import type { Model } from '@millrace/core'
import { ChatProvider, tool } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { budgetWords } from '../strings/parts/budget.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { BudgetGuard } from './budget-guard.tsx'
import { createBudget } from './create-budget.ts'
import { guardedChat } from './guarded-chat.ts'

afterEach(cleanup)

const { en } = budgetWords
const price = { input: 0, output: 1_000, asOf: '2026-01-01', source: 'test' }
const models: readonly Model[] = [{ id: 'test-model', name: 'Test', price }]
const question = () => screen.queryByRole('group')
const click = (name: string) => act(async () => fireEvent.click(screen.getByRole('button', { name })))

const asking = (toolCallId: string) =>
  ({
    type: 'tool-call',
    toolCallId,
    toolName: 'book',
    argumentsText: '{}',
    input: {},
    state: 'approval-requested',
  }) as const

/** A reply that cost 40 cents of 50, and asks whether those calls may be made. */
function renderAsking(...calls: readonly string[]) {
  const execute = vi.fn(() => 'Booked')
  const usage = { inputTokens: 0, outputTokens: 400, totalTokens: 400 }
  const { store, provider } = createTestChat({
    messages: [
      { role: 'user', content: 'Book it' },
      { role: 'assistant', model: 'test-model', usage, finishReason: 'tool-calls', parts: calls.map(asking) },
    ],
    tools: { book: tool({ needsApproval: true, execute }) },
  })
  const guarded = guardedChat({ store })
  render(
    <ChatProvider chat={guarded}>
      <Composer>
        <BudgetGuard budget={createBudget({ max: 0.5 })} models={models} />
      </Composer>
    </ChatProvider>,
  )
  const answer = (toolCallId: string, approved = true) =>
    act(async () => void guarded.store.addToolApprovalResponse({ toolCallId, approved }))
  return { store, provider, execute, answer }
}

describe('leave for a tool', () => {
  it.each([true, false])(
    'is asked about before the model goes on with it, and stays open where that is not granted: %s',
    async (approved) => {
      const { store, execute, answer } = renderAsking('1')
      const before = store.getState()
      await answer('1', approved)
      expect(question()?.textContent).toContain(en.budgetForChat({ cost: 0.4, spent: 0.4, max: 0.5 }))
      await click(en.askNot)
      expect(store.getState()).toBe(before)
      expect(execute).not.toHaveBeenCalled()
    },
  )

  it('is given once the budget may be crossed', async () => {
    const { provider, execute, answer } = renderAsking('1')
    await answer('1')
    await click(en.askOnce)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(execute).toHaveBeenCalledOnce()
  })

  it('is asked about with the last call that needs it: until then the model does not go on', async () => {
    const { answer, execute } = renderAsking('1', '2')
    await answer('1')
    expect(question()).toBeNull()
    expect(execute).toHaveBeenCalledOnce()
    await answer('2')
    expect(question()).not.toBeNull()
  })
})
