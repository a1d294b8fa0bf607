import type { ReactNode } from 'react'
import type { BlockNode, InlineNode } from '../parser/nodes.ts'
import { type RenderNode, withInertTags } from './inert-tags.tsx'
import { partAtDetails, type Run } from './part-at-details.ts'

/** What shows HTML that can do nothing as itself. */
export interface InertHtml {
  inline(nodes: readonly InlineNode[], renderNode: RenderNode): ReactNode[]
  /** @param group Renders the blocks from `start` on, without that at `end`. */
  blocks(blocks: readonly BlockNode[], group: RenderRun): ReactNode[]
}

type RenderRun = (start: number, end: number) => ReactNode[]

/** Lets `<Markdown inertHtml={inertHtml}>` render `<br>`, `<sub>`, `<details>` and the like, without attributes. */
export const inertHtml: InertHtml = {
  inline: withInertTags,
  blocks: (blocks, group) => withDetails(blocks, 0, blocks.length, group),
}

function withDetails(blocks: readonly BlockNode[], start: number, end: number, group: RenderRun): ReactNode[] {
  return partAtDetails(blocks, start, end).flatMap((run) => inRun(blocks, run, group))
}

function inRun(blocks: readonly BlockNode[], { start, end, details }: Run, group: RenderRun): ReactNode[] {
  if (!details) return group(start, end)
  const { summary, text } = details
  const inner = withDetails(blocks, start, end, group)
  const children = [summary && <summary key="summary">{summary}</summary>, text && <p key="text">{text}</p>, inner]
  return [<details key={`details ${start}`}>{children}</details>]
}
