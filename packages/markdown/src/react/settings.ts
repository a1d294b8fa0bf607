import { type ComponentType, createContext, type JSX, useContext } from 'react'
import type { Highlighter } from '../highlight/highlighter.ts'
import type { MarkdownExtension } from '../parser/extension.ts'
import type {
  BlockNode,
  CodeBlock,
  ExtensionBlock,
  ExtensionInline,
  FootnoteSection,
  InlineNode,
  TableCell,
  TableRow,
} from '../parser/nodes.ts'
import type { AllowImage } from '../safety/image-policy.ts'
import type { UrlPolicy } from '../safety/url-policy.ts'
import type { InertHtml } from './inert-html.tsx'
import type { MarkdownLabels } from './labels.ts'

/** Any node of the tree that is rendered as an element. */
export type MarkdownNode = BlockNode | InlineNode | TableRow | TableCell | FootnoteSection

/** A tag, or what takes its place: it gets the props the tag would have got, and the node. */
export type MarkdownComponents = {
  readonly [Tag in keyof JSX.IntrinsicElements]?:
    | ComponentType<JSX.IntrinsicElements[Tag] & { readonly node?: MarkdownNode | undefined }>
    | keyof JSX.IntrinsicElements
}

export interface ExtensionProps {
  readonly node: ExtensionBlock | ExtensionInline
  /** What stands between the marks. */
  readonly text: string
}

export interface FenceProps {
  readonly node: CodeBlock
  /** Whether the closing fence is still to come. */
  readonly open: boolean
  /** The block as it is shown without the extension. */
  readonly children: JSX.Element
}

/** Syntax beyond GFM, with what shows it. */
export interface ReactExtension extends MarkdownExtension {
  /** Shows what the extension finds in the text. Without one its source is shown as code. */
  readonly component?: ComponentType<ExtensionProps>
  /** Shows fenced code of some languages: `{ mermaid: Diagram }`. */
  readonly fences?: Readonly<Record<string, ComponentType<FenceProps>>>
}

/** What all parts of a document are rendered by. One object for as long as nothing in it changes. */
export interface Settings {
  readonly components: MarkdownComponents
  readonly extensions: readonly ReactExtension[]
  readonly highlighter: Highlighter | undefined
  readonly inertHtml: InertHtml | undefined
  readonly sourceMarks: boolean
  readonly idPrefix: string
  readonly labels: MarkdownLabels
  readonly urlPolicy: UrlPolicy
  /** `undefined` for the default, which depends on the page. */
  readonly allowImage: AllowImage | undefined
  /** Inside of a link nothing else is one: HTML knows no links in links. */
  readonly isInLink?: boolean
}

/** What shows an inline node. */
export interface InlineProps<Node> {
  readonly node: Node
  readonly settings: Settings
}

// Nothing that reads it is rendered outside of `<Markdown>`.
const SettingsContext = createContext({} as Settings)

export const SettingsProvider = SettingsContext.Provider

export const useSettings = (): Settings => useContext(SettingsContext)
