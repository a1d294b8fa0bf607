// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from '../strings/all.ts'
import { Attachments } from './attachment-list.tsx'

afterEach(cleanup)

const picture = { type: 'file', mediaType: 'image/png', data: 'iVBORw0KGgo=', name: 'wheel.png' } as const
const paper = {
  type: 'file',
  mediaType: 'application/pdf',
  url: 'https://example.com/plan.pdf',
  name: 'plan.pdf',
} as const

it('shows the files of a message, and nothing else of it', () => {
  render(<Attachments parts={[{ type: 'text', text: 'See', state: 'done' }, picture, paper]} className="mine" />)
  const list = screen.getByRole('list', { name: en.files })
  expect(list.className).toBe('mr-attachments mine')
  expect(within(list).getAllByRole('listitem')).toHaveLength(2)
  expect(within(list).getByRole('img', { name: 'wheel.png' })).toBeDefined()
  expect(within(list).getByRole('link').getAttribute('href')).toBe('https://example.com/plan.pdf')
})

it('is not there without files', () => {
  const { container } = render(<Attachments parts={[{ type: 'text', text: 'See', state: 'done' }]} />)
  expect(container.childElementCount).toBe(0)
})
