import { unescapeText } from '../characters.ts'
import type { Line } from '../line.ts'
import { type CodeBlock, createInner } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

type Opening = Pick<CodeBlock, 'fence' | 'fenceIndent' | 'info'>

function createCodeBlock(start: number, opening: Opening): CodeBlock {
  const fenced = opening.fence !== ''
  return {
    ...createInner(start),
    ...opening,
    type: 'code-block',
    fenced,
    lines: [],
    unfinishedLine: undefined,
    blankLines: [],
  }
}

export const startFencedCode: BlockStartRule = (line, parent, tree) => {
  const { content, indent, contentStart } = line
  const fence = /^`{3,}(?![\s\S]*`)|^~{3,}/.exec(content)?.[0]
  if (!fence) return
  tree.add(
    createCodeBlock(contentStart, {
      fence,
      fenceIndent: indent,
      info: unescapeText(content.slice(fence.length).trim()),
    }),
    parent,
  )
  return 'done'
}

/** Four columns make code of a line, unless a paragraph goes on there. */
export const startIndentedCode: BlockStartRule = (line, parent, tree) => {
  if (tree.tip.type === 'paragraph' || parent.type === 'table') return
  line.skipColumns(4)
  return tree.add(createCodeBlock(line.start + line.offset, { fence: '', fenceIndent: 0, info: '' }), parent)
}

export function isClosingFence(line: Line, { fence }: CodeBlock): boolean {
  if (line.isIndented || line.first !== fence[0]) return false
  const run = /^(?:`{3,}|~{3,})(?=[ \t]*$)/.exec(line.content)?.[0] ?? ''
  return run.length >= fence.length
}

/** Whether an unfinished line in that code could still become its closing fence. */
export function mayCloseFence(line: Line, { fence }: CodeBlock): boolean {
  const { content } = line
  const run = /^[`~]*/.exec(content)?.[0] ?? ''
  return content.slice(run.length).trim() === '' && (run === '' || run[0] === fence[0])
}

/** Whether the code goes on in a line; takes the indentation off if it does. */
export function continueCode(line: Line, { fence, fenceIndent }: CodeBlock): boolean {
  if (fence) {
    line.skipColumns(Math.min(fenceIndent, line.indent))
    return true
  }
  if (!line.isIndented && !line.isBlank) return false
  line.skipColumns(Math.min(4, line.indent))
  return true
}
