// @vitest-environment jsdom
import fc from 'fast-check'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import type { MarkdownDocument } from '../parser/nodes.ts'
import { DocumentView } from './document-view.tsx'
import { inertHtml } from './inert-html.tsx'
import { Markdown } from './markdown.tsx'
import { SettingsProvider } from './settings.ts'
import { treeOf } from './shown-trees.ts'
import { piecesOf } from './test-support/texts.ts'
import { useResolvedOptions } from './use-resolved-options.ts'

// What a model may write, and what it is made of: the order is for chance to say.
const fragments = [
  '# ',
  '- ',
  '1. ',
  '> ',
  '    ',
  '```\n',
  '```ts\n',
  '| a | b |\n|---|--:|\n',
  '|',
  '**',
  '*',
  '_',
  '`',
  '~~',
  '[a](',
  '[b]',
  '[b]: /c\n',
  '[^1]',
  '[^1]: ',
  '![i](',
  '<sub>',
  '</sub>',
  '<details>\n\n',
  '</details>\n\n',
  '<br>',
  '\\',
  '&amp;',
  'https://d.e ',
  'word ',
  'x',
  '\n',
  '\n\n',
  '---\n',
  '===\n',
  '- [x] ',
  '  ',
]

const anyText = fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''))

const options = { inertHtml, idPrefix: '' }

// What React leaves for later would come when the window is gone.
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

/** A tree that React has never seen. */
function Fresh({ root }: { readonly root: MarkdownDocument }) {
  const { settings } = useResolvedOptions(options)
  return (
    <SettingsProvider value={settings}>
      <DocumentView root={root} stamp={root.stamp} open={root.open} />
    </SettingsProvider>
  )
}

function createPage() {
  const host = document.createElement('div')
  const root = createRoot(host)
  return {
    host,
    show: (content: ReactNode) => act(() => root.render(content)),
    close: () => act(() => root.unmount()),
  }
}

it('shows the same in the end for any text, however it is cut', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 30 }), (text, seed, longest) => {
      const [whole, streamed] = [createPage(), createPage()]
      whole.show(<Markdown text={text} {...options} />)
      let shown = ''
      for (const piece of piecesOf(text, seed, longest)) {
        shown += piece
        streamed.show(<Markdown text={shown} streaming {...options} />)
      }
      streamed.show(<Markdown text={text} {...options} />)
      expect(streamed.host.innerHTML).toBe(whole.host.innerHTML)
      whole.close()
      streamed.close()
    }),
    { numRuns: 200 },
  )
})

it('shows all of the tree at every moment, though it renders only what changed', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 1, max: 30 }), (text, seed, longest) => {
      const streamed = createPage()
      let shown = ''
      for (const piece of piecesOf(text, seed, longest)) {
        shown += piece
        streamed.show(<Markdown text={shown} streaming {...options} />)
        const element = streamed.host.firstElementChild ?? streamed.host
        const tree = treeOf(element)
        if (!tree) throw new Error('It shows nothing.')
        const fresh = createPage()
        fresh.show(<Fresh root={tree.root} />)
        // Attributes may have come in another order.
        const isEqual =
          fresh.host.childNodes.length === element.childNodes.length &&
          [...fresh.host.childNodes].every((node, index) => node.isEqualNode(element.childNodes[index] ?? null))
        if (!isEqual) expect(element.innerHTML, shown).toBe(fresh.host.innerHTML)
        fresh.close()
      }
      streamed.close()
    }),
    { numRuns: 60 },
  )
})
