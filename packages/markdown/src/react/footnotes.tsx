// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { createContext, type JSX, memo, type ReactNode, useContext } from 'react'
import type { FootnoteDefinition, FootnoteReference, FootnoteSection, MarkdownDocument } from '../parser/nodes.ts'
import { blockList } from './blocks.tsx'
import { element, marks } from './element.ts'
import { groups, type MemberProps } from './groups.tsx'
import { type InlineProps, type Settings, useSettings } from './settings.ts'

const definitionId = ({ idPrefix }: Settings, number: number) => `${idPrefix}fn-${number}`

/** The second and later references to a footnote have a number of their own. */
const referenceId = ({ idPrefix }: Settings, number: number, index: number) =>
  `${idPrefix}fnref-${number}${index > 0 ? `-${index + 1}` : ''}`

/**
 * Changes with the numbers of footnotes and the order of their references. A reference follows it by itself, since the
 * text around it may be settled.
 */
const FootnoteOrderContext = createContext('')

export const FootnoteOrderProvider = FootnoteOrderContext.Provider

/** Numbers are given to those that are defined and referred to, so they change with how many of both there are. */
export function footnoteOrder({ footnotes, open }: MarkdownDocument): string {
  if (!footnotes) return ''
  const references = footnotes.children.reduce((sum, { references: { length } }) => sum + length, 0)
  return `${footnotes.children.length} ${references} ${open}`
}

/** The number in the text that leads to a footnote. */
export function FootnoteMark({ node, settings }: InlineProps<FootnoteReference>): ReactNode {
  useContext(FootnoteOrderContext)
  const { number, references } = node.definition
  const id = referenceId(settings, number, references.indexOf(node))
  if (settings.isInLink) return element(settings, 'sup', node, { id }, String(number))
  const props = {
    id,
    href: `#${definitionId(settings, number)}`,
    'aria-describedby': `${settings.idPrefix}footnotes`,
    'data-footnote-ref': true,
  }
  return element(settings, 'sup', node, {}, element(settings, 'a', node, props, String(number)))
}

export interface FootnotesProps {
  readonly section: FootnoteSection
  readonly stamp: number
}

/** What footnotes say, at the end of the document. */
export const Footnotes = memo(function Footnotes({ section }: FootnotesProps): ReactNode {
  const settings = useSettings()
  const heading = element(settings, 'h2', section, { id: `${settings.idPrefix}footnotes` }, settings.labels.footnotes)
  const list = element(settings, 'ol', section, {}, groups({ nodes: section.children, member: Footnote, shared: {} }))
  return element(settings, 'section', section, { 'data-footnotes': true }, heading, list)
})

const Footnote = memo(function Footnote({ node }: MemberProps<FootnoteDefinition>): ReactNode {
  const settings = useSettings()
  const { children, number, references } = node
  const back = references.flatMap((_, index) => [' ', backLink(settings, node, index)])
  const isInText = children.at(-1)?.type === 'paragraph'
  return element(
    settings,
    'li',
    node,
    { id: definitionId(settings, number), ...marks(settings, node) },
    blockList(settings, children, { after: isInText && back }),
    !isInText && element(settings, 'p', node, {}, back),
  )
})

function backLink(settings: Settings, node: FootnoteDefinition, index: number): JSX.Element {
  const props = {
    // The place of a reference is its number.
    key: index,
    href: `#${referenceId(settings, node.number, index)}`,
    'aria-label': settings.labels.backToReference(node.number),
    'data-footnote-backref': true,
  }
  return element(settings, 'a', node, props, '↩', index > 0 && element(settings, 'sup', node, {}, String(index + 1)))
}
