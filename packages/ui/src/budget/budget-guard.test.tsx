// @vitest-environment jsdom
import type { Model } from '@millrace/core'
import { ChatProvider, type ChatStore } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { Profiler, useEffect } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { useComposer } from '../composer/composer-context.ts'
import { budgetWords } from '../strings/parts/budget.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { BudgetGuard } from './budget-guard.tsx'
import { type Budget, createBudget } from './create-budget.ts'
import { guardedChat } from './guarded-chat.ts'
import { SendEstimate } from './send-estimate.tsx'

afterEach(cleanup)

const { en } = budgetWords
const price = { input: 0, output: 1_000, asOf: '2026-01-01', source: 'test' }
// An answer of 400 tokens, as is assumed for the first, costs 40 cents.
const models: readonly Model[] = [{ id: 'test-model', name: 'Test', price }]

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const press = (key: string) => fireEvent.keyDown(field(), { key })
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const question = () => screen.queryByRole('group')
const sent = (store: ChatStore) => [
  ...store
    .getState()
    .messages.filter(({ role }) => role === 'user')
    .map(({ content }) => content),
  ...store.getState().queue.map(({ message }) => message.content),
]

const page = (store: ChatStore, budget: Budget, from: readonly Model[] = models) => (
  <ChatProvider chat={{ store }}>
    <Composer>
      <BudgetGuard budget={budget} models={from} />
    </Composer>
  </ChatProvider>
)

/** A chat whose one answer cost what the provider counted. */
function answered(id: string, outputTokens: number) {
  const usage = { inputTokens: 0, outputTokens, totalTokens: outputTokens }
  return createTestChat({
    id,
    messages: [
      { role: 'user', content: 'Before' },
      { role: 'assistant', content: 'Yes', model: 'test-model', usage },
    ],
  }).store
}

function ask(store: ChatStore, budget: Budget, from = models) {
  const rendered = render(page(store, budget, from))
  field().focus()
  type('Hello')
  press('Enter')
  return rendered
}

describe('a budget', () => {
  it('lets pass what stays within it', () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 0.41 }))
    expect(sent(store)).toEqual(['Hello'])
  })

  it('asks before it is crossed, with the amounts, and the text stays', () => {
    const store = answered('one', 400)
    ask(store, createBudget({ max: 0.5 }))
    expect(sent(store)).toEqual(['Before'])
    expect(field().value).toBe('Hello')
    expect(question()?.textContent).toContain(en.budgetForChat({ cost: 0.4, spent: 0.4, max: 0.5 }))
    expect(document.activeElement).toBe(question())
  })

  it('asks no more once the text was changed, though it is the same again', () => {
    ask(createTestChat().store, createBudget({ max: 0.1 }))
    field().focus()
    type('Hello!')
    expect(question()).toBeNull()
    type('Hello')
    expect(question()).toBeNull()
    expect(document.activeElement).toBe(field())
  })

  it('counts what is on its way or waits', async () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 1 }))
    await act(async () => {})
    type('Second')
    press('Enter')
    expect(sent(store)).toEqual(['Hello', 'Second'])
    type('Third')
    press('Enter')
    expect(sent(store)).toEqual(['Hello', 'Second'])
    expect(question()).not.toBeNull()
  })

  it('counts the answer of every model that is asked', () => {
    const { store } = createTestChat()
    function AskTwice() {
      const { beforeSend } = useComposer()
      useEffect(() => beforeSend(() => ({ models: ['test-model', 'test-model'] })), [beforeSend])
      return null
    }
    render(
      <ChatProvider chat={{ store }}>
        <Composer>
          <BudgetGuard budget={createBudget({ max: 0.7 })} models={models} />
          <AskTwice />
        </Composer>
      </ChatProvider>,
    )
    type('Hello')
    press('Enter')
    expect(question()?.textContent).toContain(en.budgetForChat({ cost: 0.8, spent: 0, max: 0.7 }))
    click(en.sendOnce)
    expect(store.getState().messages.filter(({ role }) => role === 'assistant')).toHaveLength(1)
    expect(store.getState().replyIds).toHaveLength(2)
  })

  it('asks about nothing whose price is not known', () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 0 }), [])
    expect(sent(store)).toEqual(['Hello'])
  })

  it('has to be an amount', () => {
    expect(() => createBudget({ max: Number.NaN })).toThrow(TypeError)
    expect(() => createBudget({ max: -1 })).toThrow('US dollars')
  })
})

describe('the question', () => {
  it('sends this one, hands the focus to the field, and is asked again', async () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 0.1 }))
    click(en.sendOnce)
    expect(sent(store)).toEqual(['Hello'])
    expect(document.activeElement).toBe(field())
    type('More')
    press('Enter')
    expect(question()).not.toBeNull()
  })

  it('is asked no more where that is wanted, in this chat', () => {
    const budget = createBudget({ max: 0.1 })
    const { store } = createTestChat({ id: 'one' })
    const { rerender } = ask(store, budget)
    click(en.sendAlways)
    type('More')
    press('Enter')
    expect(sent(store)).toEqual(['Hello', 'More'])

    const { store: other } = createTestChat({ id: 'two' })
    rerender(page(other, budget))
    type('Elsewhere')
    press('Enter')
    expect(sent(other)).toEqual([])
  })

  it('leaves everything as it was by button or Escape, with the cursor in the field', () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 0.1 }))
    click(en.keepWriting)
    expect(question()).toBeNull()
    press('Enter')
    fireEvent.keyDown(within(question() ?? document.body).getByRole('button', { name: en.sendOnce }), {
      key: 'Escape',
    })
    expect(question()).toBeNull()
    expect(document.activeElement).toBe(field())
    expect(field().value).toBe('Hello')
    expect(sent(store)).toEqual([])
  })

  it('is gone once something else is written', () => {
    const { store } = createTestChat()
    ask(store, createBudget({ max: 0.1 }))
    type('Hello!')
    expect(question()).toBeNull()
  })
})

describe('in a guarded chat', () => {
  const asks: readonly [name: string, ask: (store: ChatStore, replyId: string) => Promise<unknown>][] = [
    ['a suggestion', (store) => store.sendMessage('More')],
    ['another answer', (store) => store.regenerate()],
    ['the answer of another model', (store, messageId) => store.regenerate({ messageId, model: 'test-model' })],
    ['a retry', (store) => store.retry()],
    ['a continuation', (store, messageId) => store.continueMessage(messageId)],
    ['an edit', (store) => store.editMessage(store.getState().messages[0]?.id ?? '', 'Otherwise')],
  ]

  function guard(max: number) {
    const store = answered('one', 400)
    const chat = guardedChat({ store })
    const rendered = render(page(chat.store, createBudget({ max })))
    return { ...rendered, store, guarded: chat.store, replyId: store.getState().messages.at(-1)?.id ?? '' }
  }

  it.each(asks)('%s is asked about, and made only where that is granted', async (_, want) => {
    const { store, guarded, replyId } = guard(0.5)
    const before = store.getState()
    const refused = want(guarded, replyId)
    await act(async () => {})
    expect(question()?.textContent).toContain(en.budgetForChat({ cost: 0.4, spent: 0.4, max: 0.5 }))
    click(en.askNot)
    expect(await refused).toMatchObject({ finishReason: 'aborted' })
    expect(store.getState()).toBe(before)
    await act(async () => void want(guarded, replyId))
    click(en.askOnce)
    expect(question()).toBeNull()
    await waitFor(() => expect(store.getState().replyIds).toHaveLength(1))
  })

  it.each(asks)('%s goes at once where it stays within the budget', (_, want) => {
    const { store, guarded, replyId } = guard(1)
    act(() => void want(guarded, replyId))
    expect(question()).toBeNull()
    expect(store.getState().replyIds).toHaveLength(1)
  })

  it('what is sent by the composer is asked about once', () => {
    const { store } = guard(0.5)
    type('Hello')
    press('Enter')
    click(en.sendOnce)
    expect(question()).toBeNull()
    expect(sent(store)).toEqual(['Before', 'Hello'])
  })

  it('nobody waits for an answer that cannot be given any more', async () => {
    const { guarded, rerender, unmount } = guard(0.5)
    const first = guarded.regenerate()
    await act(async () => {})
    rerender(page(createTestChat({ id: 'two' }).store, createBudget({ max: 0.5 })))
    expect(await first).toMatchObject({ finishReason: 'aborted' })
    unmount()
    const { guarded: other, unmount: leave } = guard(0.5)
    const second = other.regenerate()
    await act(async () => {})
    leave()
    expect(await second).toMatchObject({ finishReason: 'aborted' })
  })

  it('is the same for the same chat', () => {
    const chat = { store: answered('one', 400) }
    expect(guardedChat(chat)).toBe(guardedChat(chat))
  })
})

describe('a budget for all chats of the page', () => {
  it('counts what was spent in chats that were left, and not what was spent before', async () => {
    const budget = createBudget({ max: 0.9, per: 'session' })
    const { store, provider } = createTestChat({ id: 'one' })
    const { rerender } = ask(store, budget)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    // 700 tokens of four letters.
    await act(async () => provider.say('water run '.repeat(280)))
    act(() => store.stop())

    const other = createTestChat({ id: 'two' }).store
    rerender(page(other, budget))
    type('Elsewhere')
    press('Enter')
    expect(question()?.textContent).toContain(en.budgetForSession({ cost: 0.4, spent: 0.7, max: 0.9 }))
    expect(budget.spent(answered('three', 10_000), models)).toBeCloseTo(10.7)
  })
})

describe('the estimate', () => {
  function renderEstimate(given?: readonly []) {
    const chat = createTestChat()
    render(
      <Composer>
        <SendEstimate models={given ?? models} />
      </Composer>,
      { wrapper: chat.wrapper },
    )
    return chat
  }

  it('is there while there is something to send, and says that it is one', () => {
    renderEstimate()
    expect(screen.queryByText(/≈/)).toBeNull()
    type('Hello!!!')
    expect(screen.getByText('≈ 2 tokens')).toBeDefined()
    expect(screen.getByText('≈ $0.40')).toBeDefined()
    type('')
    expect(screen.queryByText(/≈/)).toBeNull()
  })

  it('knows no cost where the price is not known', () => {
    renderEstimate([])
    type('Hello!!!')
    expect(screen.queryByText(/\$/)).toBeNull()
  })

  it('renders not at all while an answer grows', async () => {
    const { store, provider, wrapper } = createTestChat()
    const onRender = vi.fn()
    render(
      <Composer>
        <Profiler id="estimate" onRender={onRender}>
          <SendEstimate models={models} />
        </Profiler>
      </Composer>,
      { wrapper },
    )
    act(() => void store.sendMessage('Question'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    type('Next')
    await act(async () => provider.say('One'))
    onRender.mockClear()
    await act(async () => provider.say(' two'))
    expect(store.getState().messages.at(-1)?.content).toBe('One two')
    expect(onRender).not.toHaveBeenCalled()
  })
})
