import type { CodeBlock } from './nodes.ts'

/** What stands in a block that keeps its lines, as far as it has come. */
export function verbatimText({ lines, unfinishedLine }: Pick<CodeBlock, 'lines' | 'unfinishedLine'>): string {
  return (unfinishedLine === undefined ? lines : [...lines, unfinishedLine]).join('\n')
}
