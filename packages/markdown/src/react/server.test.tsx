// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { inertHtml } from './inert-html.tsx'
import { Markdown } from './markdown.tsx'
import { renderOnServer } from './test-support/render-on-server.ts'
import { texts } from './test-support/texts.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

const text = `${texts.answer}\n\n${texts.footnotes}`

it.each([
  ['a finished text', text, false],
  ['a text on its way', `${text}\n\nand *more`, true],
  ['an image of the page’s own', '![a](http://localhost:3000/a.png)', false],
  ['an image and a footnote in links', '[![a](https://b.test/c.png)](/d) [e[^1]](/f)\n\n[^1]: g', false],
])('takes over what a server rendered of %s', async (_, given, streaming) => {
  const errors = vi.spyOn(console, 'error')
  const element = <Markdown text={given} streaming={streaming} />
  const [html = ''] = await renderOnServer([element.props])
  const host = document.body.appendChild(document.createElement('div'))
  host.innerHTML = html
  const before = [...host.querySelectorAll('p, li, pre, td')]
  const onRecoverableError = vi.fn()
  const root = await act(async () => hydrateRoot(host, element, { onRecoverableError }))
  expect(onRecoverableError).not.toHaveBeenCalled()
  expect(errors).not.toHaveBeenCalled()
  expect([...host.querySelectorAll('p, li, pre, td')]).toEqual(before)
  await act(async () => root.unmount())
})

it('goes on with a text that a server began', async () => {
  const element = <Markdown text="A *b" streaming />
  const [html = ''] = await renderOnServer([element.props])
  const host = document.body.appendChild(document.createElement('div'))
  host.innerHTML = html
  const root = await act(async () => hydrateRoot(host, element))
  const paragraph = host.querySelector('p')
  await act(async () => root.render(<Markdown text="A *b* c" />))
  expect(host.querySelector('p')).toBe(paragraph)
  expect(paragraph?.innerHTML).toBe('A <em>b</em> c')
  await act(async () => root.unmount())
})

it('shows an absolute image of the page’s own once it knows the page', async () => {
  const element = <Markdown text={`![a](${location.origin}/a.png)`} />
  const [html = ''] = await renderOnServer([element.props])
  const host = document.body.appendChild(document.createElement('div'))
  host.innerHTML = html
  expect(host.querySelector('img')).toBeNull()
  const root = await act(async () => hydrateRoot(host, element))
  expect(host.querySelector('img')).not.toBeNull()
  await act(async () => root.unmount())
})

it.each([
  ['words in one emphasis', `**${'`a` '.repeat(70_000)}`, true, '<code>', 70_000],
  ['words in one inert tag', `<sub>${'a`b`'.repeat(70_000)}</sub>`, false, '<code>', 70_000],
  ['columns', `${'|'.repeat(130_001)}\n${'|-'.repeat(130_000)}`, false, '<th scope', 130_000],
])('has room for any number of %s', async (_, text, streaming, tag, count) => {
  const [html] = await renderOnServer([{ text, streaming, inertHtml }])
  expect(html?.split(tag)).toHaveLength(count + 1)
})
