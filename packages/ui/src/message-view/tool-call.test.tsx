// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/all.ts'
import { ToolCall } from './tool-call.tsx'

afterEach(cleanup)

const call = {
  type: 'tool-call',
  toolCallId: '1',
  toolName: 'book',
  argumentsText: '{"seats":2}',
  input: { seats: 2 },
  state: 'input-available',
} as const
const root = () => document.querySelector<HTMLElement>('.mr-tool-call')

it('shows the input as the model writes it', () => {
  render(<ToolCall part={{ ...call, input: undefined, argumentsText: '{"sea', state: 'input-streaming' }} isLive />)
  expect(screen.getByText(en.toolStates['input-streaming'])).toBeDefined()
  expect(document.querySelector('.mr-tool-call-preview')?.textContent).toBe('{"sea')
})

it('was cut short where its reply ended before its input did', () => {
  render(<ToolCall part={{ ...call, state: 'input-streaming' }} />)
  expect(root()?.dataset.state).toBe('unfinished')
})

it('shows what came of it, or why nothing did', () => {
  const { rerender } = render(<ToolCall part={{ ...call, output: { seat: '4a' }, state: 'output-available' }} />)
  expect(document.querySelector('dl')?.textContent).toContain('"seat": "4a"')
  rerender(<ToolCall part={{ ...call, errorText: 'Sold out', state: 'output-error' }} className="mine" />)
  expect(screen.getByText('Sold out')).toBeDefined()
  expect(root()?.className).toBe('mr-tool-call mine')
})
