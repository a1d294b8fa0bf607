// @vitest-environment jsdom
import { createMessage, siblingsOf } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { AnswerWith } from './answer-with.tsx'

afterEach(cleanup)

const price = { input: 2, output: 8, asOf: '2026-11-22', source: 'test' }
const models = [
  { id: 'small', name: 'Small' },
  { id: 'large', name: 'Large', price },
]
const question = createMessage({ role: 'user', content: 'Which?' })
const answer = createMessage({ role: 'assistant', content: 'This.', model: 'small', finishReason: 'stop' })

// jsdom knows no popover, and takes what is in one for hidden.
const items = () => screen.getAllByRole('menuitemradio', { hidden: true })

it('lists the models with their prices, and has the one that is chosen answer beside', async () => {
  const { store, wrapper } = createTestChat({ messages: [question, answer] })
  render(<AnswerWith message={answer} models={models} />, { wrapper })
  fireEvent.click(screen.getByRole('button', { name: en.answerWith }))
  expect(items().map(({ textContent }) => textContent)).toEqual(['Small', `Large${en.price(price)}`])
  expect(items()[0]?.getAttribute('aria-checked')).toBe('true')
  await act(async () => fireEvent.click(screen.getByText('Large')))
  expect(store.getState().messages.at(-1)?.model).toBe('large')
  expect(siblingsOf(store.getState(), answer.id)).toHaveLength(2)
})

it('is not there for a question, nor where there is nobody else', () => {
  const { wrapper } = createTestChat({ messages: [question, answer] })
  render(<AnswerWith message={question} models={models} />, { wrapper })
  render(<AnswerWith message={answer} models={models.slice(0, 1)} />, { wrapper })
  expect(screen.queryByRole('button')).toBeNull()
})
