// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { createElement, Fragment, type JSX, memo, type ReactNode } from 'react'
import type { BlockNode, Heading, HtmlBlock, List, ListItem, Paragraph } from '../parser/nodes.ts'
import { CodeBlockView } from './code-block.tsx'
import { element, sourceMark } from './element.ts'
import { ExtensionView } from './extension-view.tsx'
import { groupsOf } from './groups.ts'
import { isEmpty, Leaf } from './inline.tsx'
import { type MarkdownNode, type Settings, useSettings } from './settings.ts'
import { TableView } from './table.tsx'

export interface BlockListProps {
  readonly blocks: readonly BlockNode[]
  /** Whether paragraphs stand without `<p>`, as in a tight list. */
  readonly tight?: boolean | undefined
  /** The state of the task that the first paragraph names. */
  readonly task?: boolean | undefined
  /** What the last paragraph ends with. */
  readonly after?: ReactNode
}

/** Siblings. Only those that changed are rendered again. */
export function BlockList(props: BlockListProps): ReactNode {
  const { blocks } = props
  const { inertHtml } = useSettings()
  if (inertHtml) return inertHtml.blocks(blocks, (start, end) => groups(props, start, end))
  return groups(props, 0, blocks.length)
}

function groups({ blocks, tight = false, task, after }: BlockListProps, first: number, last: number): JSX.Element[] {
  return groupsOf(blocks, first, last).map(({ start, end, stamp }) => (
    <BlockGroup
      key={start}
      blocks={blocks}
      start={start}
      end={end}
      stamp={stamp}
      tight={tight}
      task={start === 0 ? task : undefined}
      after={end === blocks.length ? after : undefined}
    />
  ))
}

interface BlockGroupProps {
  readonly blocks: readonly BlockNode[]
  readonly start: number
  readonly end: number
  /** Says when the group has changed: the parser changes nodes in place. */
  readonly stamp: number
  readonly tight: boolean
  readonly task: boolean | undefined
  readonly after: ReactNode
}

const BlockGroup = memo(function BlockGroup({ blocks, start, end, tight, task, after }: BlockGroupProps) {
  return blocks.slice(start, end).map((node, offset) => (
    <Block
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end, so their place is their identity.
      key={offset}
      node={node}
      stamp={node.stamp}
      tight={tight}
      task={start + offset === 0 ? task : undefined}
      after={start + offset === blocks.length - 1 ? after : undefined}
    />
  ))
})

interface BlockProps {
  readonly node: BlockNode
  readonly stamp: number
  readonly tight: boolean
  readonly task: boolean | undefined
  readonly after: ReactNode
}

const Block = memo(function Block({ node, tight, task, after }: BlockProps): ReactNode {
  const settings = useSettings()
  switch (node.type) {
    case 'paragraph':
      return paragraph(settings, node, { tight, task, after })
    case 'heading':
      return heading(settings, node)
    case 'thematic-break':
      return element(settings, 'hr', node, sourceMark(settings, node))
    case 'block-quote':
      return element(settings, 'blockquote', node, sourceMark(settings, node), <BlockList blocks={node.children} />)
    case 'list':
      return list(settings, node)
    case 'item':
      return item(settings, node, tight)
    case 'code-block':
      return <CodeBlockView node={node} stamp={node.stamp} />
    case 'table':
      return <TableView node={node} />
    case 'html-block':
      return html(settings, node)
    case 'extension-block':
      return <ExtensionView node={node} />
    // Shown at the end of the document.
    case 'footnote-definition':
      return null
  }
})

type ParagraphPlace = Pick<BlockProps, 'tight' | 'task' | 'after'>

function paragraph(settings: Settings, node: Paragraph, { tight, task, after }: ParagraphPlace): ReactNode {
  const { content, open, stamp } = node
  // What is written could still become something else, or nothing that is shown.
  if (isEmpty(content) && task === undefined) return null
  const box = task === undefined ? undefined : checkbox(settings, node, task)
  const text = <Leaf content={content} stamp={stamp} />
  if (tight) return createElement(Fragment, {}, box, text, after)
  return element(settings, 'p', node, { ...sourceMark(settings, node), ...openMark(open) }, box, text, after)
}

function heading(settings: Settings, node: Heading): JSX.Element {
  const props = { ...sourceMark(settings, node), ...openMark(node.open) }
  return element(settings, `h${node.level}`, node, props, <Leaf content={node.content} stamp={node.stamp} />)
}

function list(settings: Settings, node: List): JSX.Element {
  const items = <BlockList blocks={node.children} tight={node.tight} />
  const props = { ...sourceMark(settings, node), 'data-loose': node.tight ? undefined : true }
  if (!node.ordered) return element(settings, 'ul', node, props, items)
  return element(settings, 'ol', node, { ...props, start: node.first === 1 ? undefined : node.first }, items)
}

function item(settings: Settings, node: ListItem, tight: boolean): JSX.Element {
  const { checked, children, open } = node
  const props = {
    ...sourceMark(settings, node),
    ...openMark(open && tight && children.at(-1)?.type === 'paragraph'),
    'data-task': checked === undefined ? undefined : checked ? 'done' : 'open',
  }
  const blocks = <BlockList blocks={children} tight={tight} task={checked} />
  if (checked === undefined || children[0]?.type === 'paragraph') return element(settings, 'li', node, props, blocks)
  return element(settings, 'li', node, props, checkbox(settings, node, checked), blocks)
}

function checkbox(settings: Settings, node: MarkdownNode, checked: boolean): JSX.Element {
  const label = checked ? settings.labels.taskDone : settings.labels.taskOpen
  return element(settings, 'input', node, {
    type: 'checkbox',
    checked,
    disabled: true,
    readOnly: true,
    'aria-label': label,
  })
}

function html(settings: Settings, node: HtmlBlock): JSX.Element {
  const { lines, unfinishedLine } = node
  const text = (unfinishedLine === undefined ? lines : [...lines, unfinishedLine]).join('\n')
  const props = { ...sourceMark(settings, node), 'data-html': true, ...openMark(node.open) }
  return element(settings, 'div', node, props, text)
}

/** Where the text is being written. A style sheet may put a caret behind it. */
function openMark(open: boolean): { readonly 'data-open'?: true } {
  return open ? { 'data-open': true } : {}
}
