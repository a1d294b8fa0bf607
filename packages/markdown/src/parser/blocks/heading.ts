import { trimEnd } from '../characters.ts'
import type { Heading } from '../nodes.ts'
import { createInner, type HeadingBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** `# Heading`, with or without `#` at its end. */
export const startHeading: BlockStartRule = (line, parent, tree) => {
  const marker = /^#{1,6}(?=[ \t]|$)/.exec(line.content)?.[0]
  if (!marker) return
  const content = tree.contents.create(withoutClosingMarker(line.content.slice(marker.length).trim()))
  const level = marker.length as Heading['level'] // one to six, says the pattern
  const heading: HeadingBlock = { ...createInner(line.contentStart), type: 'heading', level, content }
  tree.add(heading, parent)
  return 'done'
}

function withoutClosingMarker(text: string): string {
  const rest = trimEnd(text, '#')
  const trimmed = trimEnd(rest, ' \t')
  return rest === '' || trimmed.length < rest.length ? trimmed : text
}

/** A line of `=` or `-` makes the paragraph above it a heading. */
export const startSetextHeading: BlockStartRule = (line, parent, tree) => {
  if (parent.type !== 'paragraph' || !/^(?:=+|-+)[ \t]*$/.test(line.content)) return
  if (!tree.takeDefinitions(parent)) return
  const { content, start } = parent
  const heading: HeadingBlock = { ...createInner(start), type: 'heading', level: line.first === '=' ? 1 : 2, content }
  tree.replace(parent, heading)
  return 'done'
}
