/**
 * The tree of a Markdown text. The parser changes its nodes in place while text arrives; for everyone else they are to be
 * read. What is closed keeps its identity and its contents for ever, but for two events: a definition that came after
 * its use, and a list that turned out to be loose.
 */

interface NodeBase {
  /** The number of the last flush that changed this node or one inside it. A node with an equal stamp is unchanged. */
  readonly stamp: number
}

interface BlockBase extends NodeBase {
  readonly parent: Container | undefined
  /** Where its source starts, markers included, in UTF-16 units of the text as it was pushed. */
  readonly start: number
  /** Where its source ends, without the line end. Grows while it is open. */
  readonly end: number
  /** Whether text may still be added. The open nodes are one path from the root down: each the last child of its parent. */
  readonly open: boolean
}

export interface MarkdownDocument extends BlockBase {
  readonly type: 'document'
  readonly parent: undefined
  readonly children: readonly BlockNode[]
  /** What belongs at the end of the page. Undefined while no footnote is both defined and referred to. */
  readonly footnotes: FootnoteSection | undefined
}

export interface BlockQuote extends BlockBase {
  readonly type: 'block-quote'
  readonly children: readonly BlockNode[]
}

export interface List extends BlockBase {
  readonly type: 'list'
  readonly ordered: boolean
  /** The number of the first item, if it is ordered. */
  readonly first: number
  /** Paragraphs of a tight list are shown without `<p>`. Turns from true to false once at most. */
  readonly tight: boolean
  readonly children: readonly ListItem[]
}

export interface ListItem extends BlockBase {
  readonly type: 'item'
  /** Whether the task is done; undefined if the item is no task. */
  readonly checked: boolean | undefined
  readonly children: readonly BlockNode[]
}

/** Stands where it was written and shows nothing there: what it says is shown in the section of footnotes. */
export interface FootnoteDefinition extends BlockBase {
  readonly type: 'footnote-definition'
  /** As it was written. */
  readonly label: string
  /** From 1, in the order of the first references; 0 while nothing refers to it or if an earlier one has its label. */
  readonly number: number
  /** All references to it, in the order of the text; those in footnotes come last. */
  readonly references: readonly FootnoteReference[]
  readonly children: readonly BlockNode[]
}

/** The footnotes in the order of their numbers. They are the same nodes that stand elsewhere in the tree. */
export interface FootnoteSection extends NodeBase {
  readonly type: 'footnotes'
  readonly children: readonly FootnoteDefinition[]
}

export interface Paragraph extends BlockBase {
  readonly type: 'paragraph'
  readonly content: InlineContent
}

export interface Heading extends BlockBase {
  readonly type: 'heading'
  readonly level: 1 | 2 | 3 | 4 | 5 | 6
  readonly content: InlineContent
}

export interface ThematicBreak extends BlockBase {
  readonly type: 'thematic-break'
}

/** What the blocks have in common that keep their lines as they are. */
interface Lines extends BlockBase {
  /** The lines that are complete. Only ever added to. */
  readonly lines: readonly string[]
  /** What has come of the next line, for display; undefined if that is nothing or could still be the closing fence. */
  readonly unfinishedLine: string | undefined
}

export interface CodeBlock extends Lines {
  readonly type: 'code-block'
  /** Whether it stands between fences; else it is indented. */
  readonly fenced: boolean
  /** What follows the opening fence, escapes and entities resolved: the language, as a rule, and then anything. */
  readonly info: string
}

/** Raw HTML. Nobody has looked into it. */
export interface HtmlBlock extends Lines {
  readonly type: 'html-block'
}

/** A block that an extension started. */
export interface ExtensionBlock extends Lines {
  readonly type: 'extension-block'
  /** The name of the extension. */
  readonly name: string
  readonly info: string
}

export interface Table extends BlockBase {
  readonly type: 'table'
  /** One entry a column. */
  readonly align: readonly Alignment[]
  /** The first is the header. Only ever added to; only the last may change. */
  readonly rows: readonly TableRow[]
}

export type Alignment = 'left' | 'center' | 'right' | undefined

export interface TableRow extends NodeBase {
  readonly type: 'row'
  /** As many as there are columns, or fewer where a table lacks thousands of them. */
  readonly cells: readonly TableCell[]
  readonly start: number
  readonly end: number
}

export interface TableCell extends NodeBase {
  readonly type: 'cell'
  readonly content: InlineContent
}

/** The text of a paragraph, heading or cell. Shown are the segments, then `healed`, then `unparsed`. */
export interface InlineContent {
  /** What is settled. Each segment keeps its identity; when the block closes, the last one is added. */
  readonly segments: readonly InlineSegment[]
  /**
   * While the block is open: what follows the segments, for display only, as if all that is unfinished ended here.
   * A new array whenever it was parsed again. Undefined once the block is closed.
   */
  readonly healed: readonly InlineNode[] | undefined
  /** Text after `healed` that waits to be parsed, to be shown as it is. Only in very long paragraphs, else `''`. */
  readonly unparsed: string
}

export interface InlineSegment {
  readonly nodes: readonly InlineNode[]
}

/** Inline nodes never change: when their text is parsed again there are new ones. */
export type InlineNode =
  | Text
  | Emphasis
  | Strong
  | Strikethrough
  | CodeSpan
  | Link
  | Image
  | Break
  | InlineHtml
  | FootnoteReference
  | ExtensionInline

export interface Text {
  readonly type: 'text'
  readonly value: string
}

export interface Emphasis {
  readonly type: 'emphasis'
  readonly children: readonly InlineNode[]
}

export interface Strong {
  readonly type: 'strong'
  readonly children: readonly InlineNode[]
}

export interface Strikethrough {
  readonly type: 'strikethrough'
  readonly children: readonly InlineNode[]
}

export interface CodeSpan {
  readonly type: 'code'
  readonly value: string
}

export interface Link {
  readonly type: 'link'
  /** As written, escapes and entities resolved. Any scheme: whoever renders it decides. `''` while it is unfinished. */
  readonly url: string
  readonly title: string | undefined
  readonly children: readonly InlineNode[]
}

export interface Image {
  readonly type: 'image'
  /** As that of a link. */
  readonly url: string
  readonly title: string | undefined
  /** The description, as plain text. */
  readonly alt: string
}

export interface Break {
  readonly type: 'break'
  /** A hard break is a `<br>`, a soft one a line end in the source. */
  readonly hard: boolean
}

/** A raw tag, comment or the like. */
export interface InlineHtml {
  readonly type: 'html'
  readonly value: string
}

export interface FootnoteReference {
  readonly type: 'footnote-reference'
  /** Its number may change, which stamps every block that refers to it. */
  readonly definition: FootnoteDefinition
}

/** What an extension made of the text after its trigger. */
export interface ExtensionInline {
  readonly type: 'extension'
  /** The name of the extension. */
  readonly name: string
  readonly value: string
}

export type Container = MarkdownDocument | BlockQuote | List | ListItem | FootnoteDefinition

export type BlockNode =
  | BlockQuote
  | List
  | ListItem
  | FootnoteDefinition
  | Paragraph
  | Heading
  | ThematicBreak
  | CodeBlock
  | HtmlBlock
  | ExtensionBlock
  | Table
