import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { Markdown } from '../react/markdown.tsx'
import { math } from './index.ts'

let host: HTMLElement
let root: Root

// The server of the tests reads the library when it is asked for it first: seconds, in which no formula is waited for.
beforeAll(() => import('temml'))

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})

afterEach(() => {
  root.unmount()
  host.remove()
})

function show(text: string, streaming = false): void {
  flushSync(() => root.render(<Markdown text={text} streaming={streaming} extensions={math} />))
}

const formulas = () => [...host.querySelectorAll('math')]

it.each([
  ['$\\frac{a}{b}$', 'inline'],
  ['\\(x^2\\)', 'inline'],
  ['it costs $5, and $x^2$ more', 'inline'],
  ['so $$x^2$$ it is', 'display'],
  ['$$\nE = mc^2\n$$', 'display'],
  ['\\[ \\sum_{i=0}^n x_i \\]', 'display'],
])('shows %s as MathML', async (text, kind) => {
  show(text)
  await vi.waitFor(() => expect(formulas()).toHaveLength(1))
  expect(host.querySelector(`[data-math=${kind}] > math`)).not.toBeNull()
  expect(formulas()[0]?.getBoundingClientRect().width).toBeGreaterThan(0)
})

it('leaves prices alone', () => {
  show('From $5 to $10, or 3$ a piece.')
  expect(host.innerHTML).toContain('From $5 to $10, or 3$ a piece.')
})

it('shows as it was written what makes no sense or could do something', async () => {
  show('$x$ $\\frac{a$ $\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://evil.test/a.png}$')
  await vi.waitFor(() => expect(formulas()).toHaveLength(1))
  expect(host.querySelectorAll('[data-math=source]')).toHaveLength(3)
  expect(host.querySelector('[href], img')).toBeNull()
})

it('shows as it was written what is nested too deep', async () => {
  show(`$$\n${'x^{'.repeat(300)}${'}'.repeat(300)}\n$$\n\n$x$`)
  await vi.waitFor(() => expect(formulas()).toHaveLength(1))
  expect(host.querySelectorAll('[data-math=source]')).toHaveLength(1)
})

it('shows the source of a formula that is being written', async () => {
  show('$x$\n\n$$\n\\frac{a}\n', true)
  await vi.waitFor(() => expect(formulas()).toHaveLength(1))
  expect(host.querySelector('pre [data-math=source]')?.textContent).toBe('\\frac{a}')
})
