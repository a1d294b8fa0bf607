import { createInner } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** `***`, `- - -` and the like. */
export const startThematicBreak: BlockStartRule = (line, parent, tree) => {
  if (!/^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(line.content)) return
  tree.add({ ...createInner(line.contentStart), type: 'thematic-break' }, parent)
  return 'done'
}
