import { createRequire } from 'node:module'
import { build } from 'esbuild'
import { JSDOM } from 'jsdom'
import { expect, it } from 'vitest'
import { texts } from './test-support/texts.ts'

const { resolve } = createRequire(import.meta.url)

interface Page {
  readonly version: string
  readonly one: string
  readonly streamed: string
}

// React 18 under the name that the sources import.
async function inReact18(text: string): Promise<Page> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createElement, StrictMode, version } from 'react'
        import { createRoot } from 'react-dom/client'
        import { flushSync } from 'react-dom'
        import { Markdown } from './markdown.tsx'
        const { text } = globalThis
        function start() {
          const host = document.createElement('div')
          const root = createRoot(host)
          const show = (text, streaming) =>
            flushSync(() => root.render(createElement(StrictMode, {}, createElement(Markdown, { text, streaming, idPrefix: '' }))))
          return { host, show }
        }
        const one = start()
        one.show(text, false)
        const streamed = start()
        for (let end = 0; end < text.length; end += 17) streamed.show(text.slice(0, end), true)
        streamed.show(text, false)
        globalThis.result = { version, one: one.host.innerHTML, streamed: streamed.host.innerHTML }`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    alias: {
      react: resolve('react18/package.json').replace('/package.json', ''),
      'react-dom': resolve('react-dom18/package.json').replace('/package.json', ''),
    },
    bundle: true,
    format: 'iife',
    jsx: 'automatic',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
    logLevel: 'error',
  })
  const { window } = new JSDOM<{ text: string; result: Page }>('', { runScripts: 'outside-only' })
  window.text = text
  window.eval(outputFiles[0]?.text ?? '')
  return window.result
}

it('renders and streams in React 18', async () => {
  const { version, one, streamed } = await inReact18(`${texts.answer}\n\n${texts.footnotes}`)
  expect(version).toMatch(/^18\./)
  expect(one).toContain('<h1>Turning the wheel</h1>')
  expect(streamed).toBe(one)
})
