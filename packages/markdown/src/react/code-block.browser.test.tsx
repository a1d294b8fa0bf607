import '../styles.css'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHighlighter } from '../highlight/index.ts'
import { Markdown } from './markdown.tsx'

let host: HTMLElement
let root: Root

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})

afterEach(() => {
  root.unmount()
  host.remove()
})

// Grammars are compiled when there is nothing else to do, which a busy machine puts off.
const patienceMs = 40_000
vi.setConfig({ testTimeout: 2 * patienceMs })

const highlighter = createHighlighter()
const code = `import { turn } from 'mill'\n\n// by hand\nexport const wheel = await turn({ by: 3 })\n`

function show(text: string, streaming = false): void {
  flushSync(() => root.render(<Markdown text={text} streaming={streaming} highlighter={highlighter} />))
}

const lines = () => [...host.querySelectorAll('[data-code-line]')]
const colored = () => host.querySelectorAll('[data-token]').length

it('has the same lines at the same places with colours and without', async () => {
  show(`\`\`\`ts\n${code}\`\`\``)
  const places = () => lines().map((line) => [line.textContent, line.getBoundingClientRect().toJSON()])
  const plain = places()
  expect(plain).toHaveLength(4)
  expect(colored()).toBe(0)
  await vi.waitFor(() => expect(colored()).toBeGreaterThan(0), patienceMs)
  expect(places()).toEqual(plain)
})

it('colours lines as they are closed, and the open one not yet', async () => {
  show(`\`\`\`ts\n${code}const a = 1`, true)
  await vi.waitFor(() => expect(colored()).toBeGreaterThan(0), patienceMs)
  const last = lines().at(-1)
  expect(last?.textContent).toBe('const a = 1')
  expect(last?.querySelector('[data-token]')).toBeNull()
  show(`\`\`\`ts\n${code}const a = 1\nb`, true)
  await vi.waitFor(() => expect(lines().at(-2)?.querySelector('[data-token]')).not.toBeNull(), patienceMs)
})

it('keeps what is selected when colours come', async () => {
  show(`\`\`\`ts\n${code}`, true)
  const [first] = lines()
  if (!first?.firstChild) throw new Error('There is a line.')
  document.getSelection()?.setBaseAndExtent(first.firstChild, 2, first.firstChild, 12)
  const before = String(document.getSelection())
  await vi.waitFor(() => expect(colored()).toBeGreaterThan(0), patienceMs)
  expect(String(document.getSelection())).toBe(before)
})

it('leaves groups of lines that are out of view to be laid out later', () => {
  const long = Array.from({ length: 640 }, (_, index) => `line ${index}`).join('\n')
  show(`\`\`\`\n${long}\n\`\`\``)
  const [group] = host.querySelectorAll('[data-code-group=full]')
  if (!group) throw new Error('There is a group.')
  expect(getComputedStyle(group).contentVisibility).toBe('auto')
  const height = host.getBoundingClientRect().height
  const lineHeight = lines()[0]?.getBoundingClientRect().height ?? 0
  expect(height).toBeGreaterThan(630 * lineHeight)
  expect(height).toBeLessThan(660 * lineHeight)
})
