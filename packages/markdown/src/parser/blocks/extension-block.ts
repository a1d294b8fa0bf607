import type { BlockTree } from '../block-tree.ts'
import type { MarkdownExtension } from '../extension.ts'
import type { Line } from '../line.ts'
import { createInner, type ExtensionBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

/** The rule by which a block of an extension starts. */
export function createExtensionRule(name: string, rule: NonNullable<MarkdownExtension['block']>): BlockStartRule {
  return (line, parent, tree) => {
    const found = rule.start(line.content)
    if (!found) return
    const { info = '', line: firstLine, end } = found
    const block: ExtensionBlock = {
      ...createInner(line.contentStart),
      type: 'extension-block',
      name,
      info,
      lines: [],
      unfinishedLine: undefined,
      isEnd: end,
      trigger: rule.trigger,
    }
    tree.add(block, parent)
    if (firstLine !== undefined) tree.addLine(block, firstLine)
    return 'done'
  }
}

/** Whether the line is its last; takes what of it is content. */
export function endExtension(line: Line, block: ExtensionBlock, tree: BlockTree): boolean {
  const end = block.isEnd?.(line.content) ?? false
  if (typeof end === 'string') tree.addLine(block, end)
  return end !== false
}
