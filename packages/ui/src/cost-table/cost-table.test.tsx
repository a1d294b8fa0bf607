// @vitest-environment jsdom
import { ChatError, createMessage, holysheep, type MessageInit } from '@millrace/core'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { CostTable } from './cost-table.tsx'

afterEach(cleanup)

const usage = (inputTokens: number, outputTokens: number) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
})
const reply = (content: string, init: Partial<MessageInit>) =>
  createMessage({ role: 'assistant', content, finishReason: 'stop', ...init })

const ask = createMessage({ role: 'user', content: 'Does it turn?' })
const thread = [
  ask,
  reply('It does.', { model: 'gpt-4.1', usage: usage(1000, 500), timing: { startedAt: 0, firstTokenAt: 1200 } }),
  ask,
  reply('Still.', { model: 'deepseek-v3.2', usage: usage(2000, 100) }),
  ask,
  reply('Yes.', { model: 'gpt-4.1', usage: usage(3000, 1500) }),
].map((message, index) => ({ ...message, id: `${index}`, createdAt: index }))

function open(messages = thread) {
  const chat = createTestChat({ provider: holysheep, messages })
  render(<CostTable />, { wrapper: chat.wrapper })
  return chat
}

const cells = () =>
  [...screen.getByRole('table').querySelectorAll('tr')].map((row) =>
    [...row.cells].map(({ textContent }) => textContent),
  )

it('has the class that it is given, also where nothing is to be listed', () => {
  const { container } = render(<CostTable className="mine" />, { wrapper: createTestChat().wrapper })
  expect(container.querySelector('.mine')?.textContent).toBe(en.costNone)
})

it('lists the replies of each model, and adds them up', () => {
  open()
  const none = en.costUnknown
  expect(cells().slice(1)).toEqual([
    ['GPT-4.1', '4,000', '2,000', '', '$0.048'],
    ['It does.', '1,000', '500', '1.2\u00a0s', '$0.012'],
    ['Yes.', '3,000', '1,500', none, '$0.036'],
    ['DeepSeek V3.2', '2,000', '100', '', '$0.00088'],
    ['Still.', '2,000', '100', none, '$0.00088'],
    ['Total', '6,000', '2,100', '', '$0.049'],
  ])
  expect(screen.getByText(en.costSource('2026-11-22', 'HolySheep AI article'))).toBeDefined()
})

it('has a caption, and says of each number whose it is', () => {
  open()
  const table = screen.getByRole('table', { name: en.costCaption })
  expect(within(table).getAllByRole('columnheader')).toHaveLength(5)
  expect([...table.querySelectorAll('th')].map(({ scope }) => scope)).not.toContain('')
  expect(within(table).getByRole('rowheader', { name: 'It does.' })).toBeDefined()
})

it('admits what it does not know', () => {
  open([...thread.slice(0, 2), reply('Hm.', { model: 'unheard-of', usage: usage(1, 1) }), reply('Half', {})])
  expect(screen.getByText(en.costUnpriced(['unheard-of']))).toBeDefined()
  expect(screen.getByText(en.costUncounted(1))).toBeDefined()
  expect(cells().at(-1)?.at(-1)).toBe(en.costAtLeast(0.012))
})

it('calls an answer that failed before its first word by its failure', () => {
  open([ask, reply('', { error: new ChatError('rate-limited'), finishReason: 'error' })])
  expect(screen.getByRole('rowheader', { name: en.errors['rate-limited'].title })).toBeDefined()
})

it('begins with what was said before a tool was called, and after', () => {
  const texts = ['Let me look.', 'It turns.'].map((text) => ({ type: 'text' as const, text, state: 'done' as const }))
  open([ask, reply('', { parts: texts })])
  expect(screen.getByRole('rowheader', { name: 'Let me look. It turns.' })).toBeDefined()
})

it('says so where there is nothing yet, and fills once there is', async () => {
  const { store, provider } = open([])
  expect(screen.getByText(en.costNone)).toBeDefined()
  await act(async () => void store.sendMessage('Hi', 'gpt-4.1'))
  await act(async () => {
    provider.say('Turning.')
    provider.emit({ type: 'usage', usage: usage(10, 2) })
    provider.finish('stop')
  })
  expect(cells()[2]?.[0]).toBe('Turning.')
})
