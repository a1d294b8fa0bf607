// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { type JSX, memo, type ReactNode } from 'react'
import type { Token } from '../highlight/highlighter.ts'
import type { CodeBlock } from '../parser/nodes.ts'
import { element, marks } from './element.ts'
import { KeepSelection } from './keep-selection.tsx'
import { useSettings } from './settings.ts'
import { useCodeTokens } from './use-code-tokens.ts'

/** How many lines make a group that a browser need not lay out while it is out of view. */
export const linesPerGroup = 64

export interface CodeBlockViewProps {
  readonly node: CodeBlock
  /** Says when the block has changed: the parser changes it in place. */
  readonly stamp: number
}

/** A block of code, or what an extension makes of its language. */
export function CodeBlockView({ node, stamp }: CodeBlockViewProps): ReactNode {
  const { extensions } = useSettings()
  const language = languageOf(node)
  const withFence = extensions.find(({ fences }) => fences && Object.hasOwn(fences, language))
  const Fence = withFence?.fences?.[language]
  const code = <Code node={node} language={language} stamp={stamp} />
  if (!Fence) return code
  return (
    <Fence node={node} open={node.open}>
      {code}
    </Fence>
  )
}

/** The first word of what follows the fence. */
function languageOf({ info }: CodeBlock): string {
  return /^\S*/.exec(info)?.[0] ?? ''
}

function Code({ node, language }: CodeBlockViewProps & { readonly language: string }): JSX.Element {
  const settings = useSettings()
  const tokens = useCodeTokens(node, language)
  const { lines, unfinishedLine, open } = node
  const count = lines.length + (unfinishedLine === undefined ? 0 : 1)
  const groups: ReactNode[] = []
  for (let start = 0; start < count; start += linesPerGroup) {
    const end = Math.min(start + linesPerGroup, count)
    groups.push(
      <CodeGroup
        key={start}
        lines={lines}
        tokens={tokens}
        start={start}
        // A full group never changes again, but for its colours.
        end={Math.min(end, lines.length)}
        unfinishedLine={end > lines.length ? unfinishedLine : undefined}
        colored={Math.max(start, Math.min(end, tokens.length))}
      />,
    )
  }
  const props = { ...marks(settings, node, open), 'data-language': language || undefined }
  const className = language ? `language-${language}` : undefined
  const code = element(settings, 'code', node, { className }, groups)
  return <KeepSelection>{element(settings, 'pre', node, props, code)}</KeepSelection>
}

interface CodeGroupProps {
  readonly lines: readonly string[]
  readonly tokens: readonly (readonly Token[])[]
  readonly start: number
  readonly end: number
  readonly unfinishedLine: string | undefined
  /** The first line that is still plain. */
  readonly colored: number
}

/** Each line ends in a newline, so that code reads, copies and prints the same without any style sheet. */
const CodeGroup = memo(function CodeGroup({ lines, tokens, start, end, unfinishedLine, colored }: CodeGroupProps) {
  const isFull = end - start === linesPerGroup
  const shown = lines.slice(start, end).map((line, offset) => {
    const index = start + offset
    const colors = index < colored ? tokens[index] : undefined
    return codeLine(index, colors?.length ? inColor(colors) : `${line}\n`)
  })
  if (unfinishedLine !== undefined) shown.push(codeLine(end, unfinishedLine))
  return <span data-code-group={isFull ? 'full' : 'open'}>{shown}</span>
})

function codeLine(index: number, text: ReactNode): JSX.Element {
  return (
    <span key={index} data-code-line="">
      {text}
    </span>
  )
}

/** The newline goes with the last token: a node less for each line. */
function inColor(tokens: readonly Token[]): ReactNode[] {
  return tokens.map(({ text, type }, index) => {
    const shown = index === tokens.length - 1 ? `${text}\n` : text
    if (!type) return shown
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a line never change.
      <span key={index} data-token={type}>
        {shown}
      </span>
    )
  })
}
