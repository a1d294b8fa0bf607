// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/all.ts'
import { Reasoning } from './reasoning.tsx'

afterEach(cleanup)

const thought = { type: 'reasoning', text: 'Water is heavy.', state: 'done', durationMs: 4_000 } as const
const root = () => document.querySelector<HTMLElement>('.mr-reasoning')

it('is folded, and says how long it took', () => {
  render(<Reasoning part={thought} className="mine" />)
  expect(root()?.querySelector('summary')?.textContent).toBe(en.thoughtFor(4_000))
  expect((root() as HTMLDetailsElement).open).toBe(false)
  expect(root()?.className).toBe('mr-reasoning mine')
})

it('is under way only as long as its reply is', () => {
  const { rerender } = render(<Reasoning part={{ ...thought, state: 'streaming' }} isLive />)
  expect(screen.getByText(en.thinking)).toBeDefined()
  expect(root()?.dataset.streaming).toBe('true')
  rerender(<Reasoning part={{ ...thought, state: 'streaming' }} />)
  expect(screen.queryByText(en.thinking)).toBeNull()
})

it('cannot be opened where the thought is kept secret', () => {
  render(<Reasoning part={{ type: 'reasoning', text: '', state: 'done' }} />)
  expect(screen.getByText(en.thought)).toBeDefined()
  expect(root()?.localName).toBe('div')
})
