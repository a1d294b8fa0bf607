// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { memo, type ReactNode } from 'react'
import type { InlineContent, InlineNode } from '../parser/nodes.ts'
import { element } from './element.ts'
import { ExtensionView } from './extension-view.tsx'
import { FootnoteMark } from './footnotes.tsx'
import { ImageView } from './image.tsx'
import { LinkView } from './link.tsx'
import { type Settings, useSettings } from './settings.ts'

/**
 * The text of a block: what is settled, and what is still being written as if it ended here, in the place of the segment
 * that it will be, so that its elements stay when it is. Most texts are one segment; only what follows that is memoised.
 */
export function inlineContent(settings: Settings, { segments, healed, unparsed }: InlineContent): ReactNode[] {
  const pieces = segments.map(({ nodes }) => nodes)
  if (healed) pieces.push(healed)
  const [first = [], ...others] = pieces
  // biome-ignore lint/suspicious/noArrayIndexKey: segments are only ever added at the end.
  const more = others.map((nodes, index) => <Inline key={`segment ${index}`} nodes={nodes} />)
  return [...renderInline(first, settings), ...more, unparsed]
}

/** Whether there is nothing to show. */
export function isEmpty({ segments, healed, unparsed }: InlineContent): boolean {
  return segments.length === 0 && !healed?.length && unparsed === ''
}

const Inline = memo(function Inline({ nodes }: { readonly nodes: readonly InlineNode[] }): ReactNode {
  return renderInline(nodes, useSettings())
})

function renderInline(nodes: readonly InlineNode[], settings: Settings): ReactNode[] {
  const render = (node: InlineNode, key: number) => renderNode(node, key, settings)
  return settings.inertHtml?.inline(nodes, render) ?? nodes.map(render)
}

/** As one argument: a long text may have more nodes than a call can have arguments. */
export function renderChildren(
  { children }: { readonly children: readonly InlineNode[] },
  settings: Settings,
): ReactNode {
  const rendered = renderInline(children, settings)
  return rendered.length === 1 ? rendered[0] : rendered
}

const tags = { emphasis: 'em', strong: 'strong', strikethrough: 'del' } as const

function renderNode(node: InlineNode, key: number, settings: Settings): ReactNode {
  switch (node.type) {
    case 'text':
    // HTML that is not known to be inert is what it looks like in the source.
    case 'html':
      return node.value
    case 'code':
      return element(settings, 'code', node, { key }, node.value)
    case 'emphasis':
    case 'strong':
    case 'strikethrough':
      return element(settings, tags[node.type], node, { key }, renderChildren(node, settings))
    case 'break':
      return node.hard ? element(settings, 'br', node, { key }) : '\n'
    case 'link':
      return <LinkView key={key} node={node} settings={settings} />
    case 'image':
      return <ImageView key={key} node={node} settings={settings} />
    case 'footnote-reference':
      return <FootnoteMark key={key} node={node} settings={settings} />
    case 'extension':
      return <ExtensionView key={key} node={node} />
  }
}
