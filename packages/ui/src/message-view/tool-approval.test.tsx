// @vitest-environment jsdom
import { createMessage } from '@millrace/core'
import { tool } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { MessageParts } from './message-parts.tsx'

afterEach(cleanup)

const call = {
  type: 'tool-call',
  toolCallId: '1',
  toolName: 'book',
  argumentsText: '{"to":"Huế","seats":2}',
  input: { to: 'Huế', seats: 2 },
  state: 'approval-requested',
} as const

const question = createMessage({ role: 'user', content: 'Book it' })
const reply = createMessage({ role: 'assistant', finishReason: 'tool-calls', parts: [call] })

/** A thread whose last answer waits for leave to book. */
function renderAsking() {
  const execute = vi.fn(() => 'Booked')
  const chat = createTestChat({
    messages: [question, reply],
    tools: { book: tool({ needsApproval: true, execute }) },
  })
  render(<Thread />, { wrapper: chat.wrapper })
  return { ...chat, execute }
}

const button = (name: string) => screen.getByRole('button', { name })
const press = (name: string) => act(async () => fireEvent.click(button(name)))
const summary = () => document.querySelector('summary')

describe('a tool that asks first', () => {
  it('says what it would do, name by name', () => {
    renderAsking()
    const terms = [...screen.getByRole('form', { name: en.approval('book') }).querySelectorAll('dt, dd')]
    expect(terms.map(({ textContent }) => textContent)).toEqual(['to', 'Huế', 'seats', '2'])
    expect(screen.getByText(en.toolStates['approval-requested'])).toBeDefined()
  })

  it('runs once it is allowed, and the model goes on', async () => {
    const { execute, provider } = renderAsking()
    await press(en.allow)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(execute).toHaveBeenCalledOnce()
    expect(screen.getByText(en.toolStates['output-available'])).toBeDefined()
    expect(screen.queryByRole('form')).toBeNull()
  })

  it('does not run when it is declined, and the model is told', async () => {
    const { execute, provider } = renderAsking()
    await press(en.decline)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(execute).not.toHaveBeenCalled()
    expect(await provider.requests[0]?.text()).toContain('The user declined.')
    expect(screen.getByText(en.toolStates.declined)).toBeDefined()
  })

  it('passes on a reason, by Enter', async () => {
    const { provider } = renderAsking()
    await press(en.giveReason)
    const field = screen.getByRole('textbox', { name: en.reason })
    expect(document.activeElement).toBe(field)
    fireEvent.change(field, { target: { value: ' Too dear ' } })
    await act(async () => fireEvent.submit(field))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    expect(await provider.requests[0]?.text()).toContain('The user declined. Too dear')
    expect(document.activeElement).toBe(summary())
  })

  it('keeps the focus: in the call once it is answered, on its button once no reason is given', async () => {
    renderAsking()
    await press(en.giveReason)
    const field = screen.getByRole('textbox', { name: en.reason })
    // An input method gives up a word by the same key.
    fireEvent.keyDown(field, { key: 'Escape', isComposing: true })
    expect(document.activeElement).toBe(field)
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(document.activeElement).toBe(button(en.giveReason))
    expect(screen.queryByRole('textbox')).toBeNull()
    button(en.allow).focus()
    await press(en.allow)
    expect(document.activeElement).toBe(summary())
  })

  it('says so where nobody takes the answer', async () => {
    const { wrapper } = createTestChat({ messages: [question, reply] })
    render(<Thread />, { wrapper })
    await press(en.allow)
    expect(screen.getByText(en.approvalFailed)).toBeDefined()
    expect(button(en.allow)).toBeDefined()
  })

  it('is not asked about in a turn that others follow', () => {
    const { wrapper } = createTestChat({ messages: [question, reply, { role: 'user', content: 'Never mind' }] })
    render(<Thread />, { wrapper })
    expect(screen.queryByRole('form')).toBeNull()
    expect(screen.getByText(en.toolStates['approval-requested'])).toBeDefined()
  })
})

it('says that there is no input where there is none', () => {
  const asks = createMessage({ role: 'assistant', parts: [{ ...call, argumentsText: '{}', input: {} }] })
  render(<MessageParts message={asks} onToolApproval={vi.fn()} />)
  expect(screen.getByText(en.approvalNoInput)).toBeDefined()
})

it('is announced in place of an end, which it is not', async () => {
  const { store, provider, wrapper } = createTestChat({
    tools: { book: tool({ needsApproval: true, execute: () => 1 }) },
  })
  render(<Thread />, { wrapper })
  act(() => void store.sendMessage('Book it'))
  await waitFor(() => expect(provider.requests).toHaveLength(1))
  act(() => {
    provider.emit(
      { type: 'tool-call-start', toolCallId: '1', toolName: 'book' },
      { type: 'tool-call-delta', toolCallId: '1', argumentsText: '{}' },
      { type: 'tool-call-end', toolCallId: '1' },
    )
    provider.finish('tool-calls')
  })
  await screen.findByRole('form')
  await waitFor(() => expect(store.getState().status).toBe('ready'))
  const heard = screen.getAllByRole('status').map(({ textContent }) => textContent)
  expect(heard).toContain(en.announceApproval('book'))
})
