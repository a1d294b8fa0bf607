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

export interface LeafProps {
  readonly content: InlineContent
  /** Says when the content has changed: the parser changes it in place. */
  readonly stamp: number
}

/** The text of a block: what is settled, and what is still being written as if it ended here. */
export const Leaf = memo(function Leaf({ content: { segments, healed, unparsed } }: LeafProps) {
  // biome-ignore lint/suspicious/noArrayIndexKey: segments are only ever added at the end.
  const pieces: ReactNode[] = segments.map(({ nodes }, index) => <Inline key={index} nodes={nodes} />)
  // It takes the place of the segment that it will be, so that its elements stay when it is.
  if (healed) pieces.push(<Inline key={segments.length} nodes={healed} />)
  if (unparsed) pieces.push(unparsed)
  return pieces
})

/** Whether there is nothing to show. */
export function isEmpty({ segments, healed, unparsed }: InlineContent): boolean {
  return segments.length === 0 && !healed?.length && unparsed === ''
}

const Inline = memo(function Inline({ nodes }: { readonly nodes: readonly InlineNode[] }) {
  return <>{renderInline(nodes, useSettings())}</>
})

export function renderInline(nodes: readonly InlineNode[], settings: Settings): ReactNode[] {
  const render = (node: InlineNode, key: number) => renderNode(node, key, settings)
  return settings.inertHtml?.inline(nodes, render) ?? nodes.map(render)
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
      return element(settings, tags[node.type], node, { key }, ...renderInline(node.children, settings))
    case 'break':
      return node.hard ? element(settings, 'br', node, { key }) : '\n'
    case 'link':
      return <LinkView key={key} node={node} />
    case 'image':
      return <ImageView key={key} node={node} />
    case 'footnote-reference':
      return <FootnoteMark key={key} node={node} />
    case 'extension':
      return <ExtensionView key={key} node={node} />
  }
}
