// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { type JSX, memo, type ReactNode } from 'react'
import type { BlockNode, List, ListItem, Paragraph } from '../parser/nodes.ts'
import { verbatimText } from '../parser/verbatim-text.ts'
import { CodeBlockView } from './code-block.tsx'
import { element, marks } from './element.ts'
import { ExtensionView } from './extension-view.tsx'
import { groups, type MemberProps } from './groups.tsx'
import { inlineContent, isEmpty } from './inline.tsx'
import { type MarkdownNode, type Settings, useSettings } from './settings.ts'
import { TableView } from './table.tsx'

interface Place {
  /** Whether paragraphs stand without `<p>`, as in a tight list. */
  readonly tight: boolean
  /** What the last paragraph ends with. */
  readonly after?: ReactNode
}

/** Siblings. Only those that changed are rendered again. */
export function blockList(
  { inertHtml }: Settings,
  blocks: readonly BlockNode[],
  { tight = false, after }: Partial<Place> = {},
): ReactNode[] {
  const render = (start: number, end: number) =>
    groups({ nodes: blocks, member: Block, shared: { tight }, ofLast: { after }, start, end })
  return inertHtml ? inertHtml.blocks(blocks, render) : render(0, blocks.length)
}

const Block = memo(function Block({ node, stamp, tight, after }: MemberProps<BlockNode> & Place): ReactNode {
  const settings = useSettings()
  switch (node.type) {
    case 'paragraph':
      return paragraph(settings, node, { tight, after })
    case 'heading':
      return element(
        settings,
        `h${node.level}`,
        node,
        marks(settings, node, node.open),
        inlineContent(settings, node.content),
      )
    case 'thematic-break':
      return element(settings, 'hr', node, marks(settings, node))
    case 'block-quote':
      return element(settings, 'blockquote', node, marks(settings, node), blockList(settings, node.children))
    case 'list':
      return list(settings, node)
    case 'item':
      return item(settings, node, tight)
    case 'code-block':
      return <CodeBlockView node={node} stamp={stamp} />
    case 'table':
      return <TableView node={node} />
    case 'html-block':
      return element(
        settings,
        'div',
        node,
        { ...marks(settings, node, node.open), 'data-html': true },
        verbatimText(node),
      )
    case 'extension-block':
      return <ExtensionView node={node} />
    // Shown at the end of the document.
    case 'footnote-definition':
      return null
  }
})

function paragraph(settings: Settings, node: Paragraph, { tight, after }: Place): ReactNode {
  const { content, open, parent } = node
  const task = parent?.type === 'item' && parent.children[0] === node ? parent.checked : undefined
  // What is written could still become something else, or nothing that is shown.
  if (isEmpty(content) && task === undefined) return null
  const children = [checkbox(settings, node, task), ...inlineContent(settings, content), after]
  return tight ? children : element(settings, 'p', node, marks(settings, node, open), children)
}

function list(settings: Settings, node: List): JSX.Element {
  const { ordered, first, tight } = node
  const props = {
    ...marks(settings, node),
    'data-loose': tight ? undefined : true,
    start: ordered && first !== 1 ? first : undefined,
  }
  return element(settings, ordered ? 'ol' : 'ul', node, props, blockList(settings, node.children, { tight }))
}

function item(settings: Settings, node: ListItem, tight: boolean): JSX.Element {
  const { checked, children, open } = node
  const isWritten = open && tight && children.at(-1)?.type === 'paragraph'
  const props = {
    ...marks(settings, node, isWritten),
    'data-task': checked === undefined ? undefined : checked ? 'done' : 'open',
  }
  // A paragraph has the box of the task that it names.
  const box = children[0]?.type !== 'paragraph' && checkbox(settings, node, checked)
  return element(settings, 'li', node, props, [box, ...blockList(settings, children, { tight })])
}

function checkbox(settings: Settings, node: MarkdownNode, checked: boolean | undefined): ReactNode {
  if (checked === undefined) return undefined
  return element(settings, 'input', node, {
    key: 'task',
    type: 'checkbox',
    checked,
    disabled: true,
    readOnly: true,
    'aria-label': checked ? settings.labels.taskDone : settings.labels.taskOpen,
  })
}
