// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { type ComponentPropsWithoutRef, useLayoutEffect, useRef } from 'react'
import { afterEach, expect, it } from 'vitest'
import type { Highlighter, Token } from '../highlight/highlighter.ts'
import { Markdown } from './markdown.tsx'
import type { MarkdownNode } from './settings.ts'

afterEach(cleanup)

/** Takes every line for a keyword, at once. */
const eager: Highlighter = {
  start(_, onTokens) {
    const lines: Token[][] = []
    return {
      lines,
      grow(whole) {
        for (const text of whole.slice(lines.length)) lines.push([{ text, type: 'keyword' }])
        onTokens()
      },
      stop() {},
    }
  },
}

it('never shows the words of a block that was in its place before', () => {
  const shown: (string | null | undefined)[] = []
  function Pre({ node: _, ...props }: ComponentPropsWithoutRef<'pre'> & { readonly node?: MarkdownNode | undefined }) {
    const element = useRef<HTMLPreElement>(null)
    useLayoutEffect(() => {
      shown.push(element.current?.textContent)
    })
    return <pre {...props} ref={element} />
  }
  const view = (text: string) => <Markdown text={text} highlighter={eager} components={{ pre: Pre }} />
  const { container, rerender } = render(view('```ts\nold\n```'))
  expect(container.querySelector('[data-token=keyword]')?.textContent).toBe('old\n')
  shown.length = 0
  rerender(view('```ts\nnew\n```'))
  expect(container.querySelector('[data-token=keyword]')?.textContent).toBe('new\n')
  expect(new Set(shown)).toEqual(new Set(['new\n']))
})
