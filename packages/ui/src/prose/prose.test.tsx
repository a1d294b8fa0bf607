// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { en } from '../strings/en.ts'
import { StringsProvider } from '../strings/strings-provider.tsx'
import { Prose } from './prose.tsx'

afterEach(cleanup)

it('keeps the paragraphs before the last as they are while it grows', () => {
  const { container, rerender } = render(<Prose text={'One.\n\nTwo.\n\nThr'} isStreaming />)
  const before = [...container.querySelectorAll('p')]
  rerender(<Prose text={'One.\n\nTwo.\n\nThree.\n\nFo'} isStreaming />)
  const after = [...container.querySelectorAll('p')]
  expect(after.map((paragraph) => paragraph.textContent)).toEqual(['One.', 'Two.', 'Three.', 'Fo'])
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2))
})

it('shows where it is being written, and no longer when it is done', () => {
  const { container, rerender } = render(<Prose text={'One.\n\nTwo'} isStreaming />)
  expect(container.querySelector('[data-open]')?.textContent).toBe('Two')
  rerender(<Prose text={'One.\n\nTwo'} />)
  expect(container.querySelector('[data-open]')).toBeNull()
})

it('runs the way that its words do, whatever the page does', () => {
  const { container } = render(
    <div dir="rtl">
      <Prose text="One." />
    </div>,
  )
  expect(container.querySelector('.mr-prose')?.getAttribute('dir')).toBe('auto')
})

it.each([
  ['as it is', '```ts\nconst a = 1\n\nb\n```', false],
  ['with the last words of one that was cut', '```ts\nconst a = 1\n\nb', true],
])('copies a block of code %s', async (_, text, isCut) => {
  const writeText = vi.fn(async () => {})
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
  render(<Prose text={text} isCut={isCut} />)
  expect(screen.getByText('ts')).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: en.copy }))
  await waitFor(() => expect(writeText).toHaveBeenCalledWith('const a = 1\n\nb'))
  vi.unstubAllGlobals()
})

it('speaks the language of the chat', () => {
  render(
    <StringsProvider locale="vi">
      <Prose text={'- [x] a'} />
    </StringsProvider>,
  )
  expect(screen.getByRole('checkbox', { name: 'Đã xong' })).toBeDefined()
})

const outline = (text: string) => {
  const { container } = render(<Prose text={text} />)
  return [...container.querySelectorAll('h3, h4, h5, h6')].map(
    ({ localName, textContent }) => `${localName} ${textContent}`,
  )
}

it('leaves no level of headings out below that of the turn, whatever the model left out', () => {
  expect(outline('## a\n\n#### b\n\n### c\n\n## d\n\n# e\n\n## f')).toEqual([
    'h3 a',
    'h4 b',
    'h4 c',
    'h3 d',
    'h3 e',
    'h4 f',
  ])
})

it('keeps the level of a heading while others follow', () => {
  const { container, rerender } = render(<Prose text={'### a\n\nb'} isStreaming />)
  const heading = container.querySelector('h3')
  rerender(<Prose text={'### a\n\nb\n\n# c\n\n## d'} isStreaming />)
  expect(container.querySelector('h3')).toBe(heading)
  expect(container.querySelector('h4')?.textContent).toBe('d')
})
