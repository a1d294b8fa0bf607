import { trimEnd, unescapeText } from '../characters.ts'
import type { Line } from '../line.ts'
import { type Block, type CodeBlock, createInner } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

function createCodeBlock(start: number, fence: string, fenceIndent: number, info: string): CodeBlock {
  return {
    ...createInner(start),
    type: 'code-block',
    fenced: fence !== '',
    fence,
    fenceIndent,
    info,
    lines: [],
    unfinishedLine: undefined,
    blankLines: [],
  }
}

export const startFencedCode: BlockStartRule = (line, parent, tree) => {
  const { content, indent, contentStart } = line
  const fence = /^`{3,}(?![^`]*`)|^~{3,}/.exec(content)?.[0]
  if (!fence) return
  tree.add(createCodeBlock(contentStart, fence, indent, unescapeText(content.slice(fence.length).trim())), parent)
  return 'done'
}

export function isFenced(block: Block): block is CodeBlock {
  return block.type === 'code-block' && block.fenced
}

/** Four columns make code of a line, unless a paragraph goes on there. */
export const startIndentedCode: BlockStartRule = (line, parent, tree) => {
  if (tree.tip.type === 'paragraph' || parent.type === 'table') return
  line.skip(4)
  return tree.add(createCodeBlock(line.start + line.offset, '', 0, ''), parent)
}

export function isClosingFence(line: Line, block: CodeBlock): boolean {
  return !line.isIndented && line.content.startsWith(block.fence) && mayCloseFence(line, block)
}

/** Whether nothing stands in a line but marks as in the fence: while it is unfinished, it could become the closing one. */
export function mayCloseFence({ content }: Line, { fence }: CodeBlock): boolean {
  return trimEnd(trimEnd(content, ' \t'), fence.charAt(0)) === ''
}

/** Whether the code goes on in a line; takes the indentation off if it does. */
export function continueCode(line: Line, { fence, fenceIndent }: CodeBlock): boolean {
  if (!fence && !line.isIndented && !line.isBlank) return false
  line.skipIndent(fence ? fenceIndent : 4)
  return true
}
