// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { en } from '../strings/all.ts'
import { Sources } from './sources.tsx'

afterEach(cleanup)

const titled = { type: 'source', url: 'https://example.com/mills', title: 'On mills' } as const

it('lists pages in order, by their titles, else by who has them', () => {
  render(<Sources sources={[titled, { type: 'source', url: 'https://water.example/a/b' }]} className="mine" />)
  expect(screen.getByRole('list', { name: en.sources }).className).toBe('mr-sources mine')
  expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['On mills', 'water.example'])
})

it('lists a page that is named twice twice', () => {
  const complain = vi.spyOn(console, 'error')
  render(<Sources sources={[titled, { ...titled }]} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
  expect(complain).not.toHaveBeenCalled()
})

it('leads nowhere where an address could run something', () => {
  render(<Sources sources={[{ type: 'source', url: 'javascript:alert(1)', title: 'Odd' }]} />)
  expect(screen.getByText('Odd')).toBeDefined()
  expect(screen.queryByRole('link')).toBeNull()
})
