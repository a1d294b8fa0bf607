import type { ReactNode } from 'react'
import type { BlockNode, InlineNode } from '../parser/nodes.ts'
import { maxInertDepth, type RenderNode, withInertTags } from './inert-tags.tsx'
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
  blocks: (blocks, group) => withDetails(blocks, { start: 0, end: blocks.length }, group, 0),
}

function withDetails(blocks: readonly BlockNode[], { start, end }: Run, group: RenderRun, depth: number): ReactNode[] {
  if (depth === maxInertDepth) return group(start, end)
  return partAtDetails(blocks, start, end).flatMap((run) => inRun(blocks, run, group, depth))
}

function inRun(blocks: readonly BlockNode[], run: Run, group: RenderRun, depth: number): ReactNode[] {
  const { start, end, details } = run
  if (!details) return group(start, end)
  const { summary, text } = details
  const inner = withDetails(blocks, run, group, depth + 1)
  const children = [summary && <summary key="summary">{summary}</summary>, text && <p key="text">{text}</p>, inner]
  return [<details key={`details ${start}`}>{children}</details>]
}
