// @vitest-environment jsdom
import type { SourcePart } from '@millrace/core'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { Prose } from '../prose/prose.tsx'
import { StringsProvider } from '../strings/strings-provider.tsx'
import { Citations } from './citations.tsx'

afterEach(cleanup)

const all: readonly SourcePart[] = [
  { type: 'source', url: 'https://example.com/mills', title: 'On mills' },
  { type: 'source', url: 'https://water.example/wheels' },
  { type: 'source', url: 'javascript:alert(1)', title: 'Odd' },
]

const view = (text: string, isStreaming = false, sources = all) => (
  <Citations sources={sources}>
    <Prose text={text} isStreaming={isStreaming} />
  </Citations>
)
const namesOf = () => screen.queryAllByRole('link').map((link) => link.getAttribute('aria-label'))

it.each([
  ['Old [1].', ['Source 1: On mills']],
  ['Old [1, 2].', ['Source 1: On mills', 'Source 2: water.example']],
  ['Old [2][1]', ['Source 2: water.example', 'Source 1: On mills']],
  ['Old【1†source】【2†4-7】', ['Source 1: On mills', 'Source 2: water.example']],
  ['- **Old** [1]\n- | a', ['Source 1: On mills']],
])('makes links of the numbers in %j', (text, names) => {
  const { container } = render(view(text))
  expect(namesOf()).toEqual(names)
  expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toMatch(/^https:/)
  expect(container.textContent).not.toMatch(/[[\]【】†]/)
})

it.each([
  'Old [4].',
  'Old [1, 4].',
  'Old [0].',
  'Odd [3].',
  'Old 【9†source】',
  'An `a[1]`',
  'a \\[1\\]',
  'Cut off at [1',
])('leaves %j as it is', (text) => {
  const { container } = render(view(text))
  expect(namesOf()).toEqual([])
  expect(container.textContent).toBe(text.replace(/[`\\]/g, ''))
})

it.each([
  ['[1](https://a.example)', '1'],
  ['[as [1] says](https://a.example)', 'as [1] says'],
  ['[the mill][1]\n\n[1]: https://a.example', 'the mill'],
])('leaves the links of Markdown in %j alone', (text, name) => {
  render(view(text))
  const [link, ...others] = screen.getAllByRole('link')
  expect([link?.getAttribute('href'), link?.textContent]).toEqual(['https://a.example', name])
  expect(others).toEqual([])
})

it('reads a text without sources as ever', () => {
  render(view('Old [1].\n\n[1]: https://a.example', false, []))
  expect(screen.getByRole('link', { name: '1' }).getAttribute('href')).toBe('https://a.example')
})

it('never shows half a citation while it is written', () => {
  const text = 'Old [1, 2] and wet【2†source】 it is.'
  const { container, rerender } = render(view('', true))
  for (let end = 1; end <= text.length; end++) {
    rerender(view(text.slice(0, end), true))
    const shown = container.cloneNode(true) as HTMLElement
    // What `citations.css` hides while it is being written.
    for (const half of shown.querySelectorAll('[data-open] .mr-citation-open')) half.remove()
    expect(shown.textContent).not.toMatch(/[[\]【】†,]/)
  }
  expect(namesOf()).toHaveLength(3)
})

it('becomes a link when the source comes after the text', () => {
  const { rerender } = render(view('Old [1].', true, []))
  expect(namesOf()).toEqual([])
  rerender(view('Old [1].', true))
  expect(namesOf()).toEqual(['Source 1: On mills'])
})

it('speaks the language of the chat', () => {
  render(<StringsProvider locale="vi">{view('Old [1].')}</StringsProvider>)
  expect(namesOf()).toEqual(['Nguồn 1: On mills'])
})
