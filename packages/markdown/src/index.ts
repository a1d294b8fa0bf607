export { copyAsMarkdown } from './copy/copy-as-markdown.ts'
export type { CodeTokens, Highlighter, Token, TokenType } from './highlight/highlighter.ts'
export type { BlockRule, BlockStart, InlineRule, MarkdownExtension } from './parser/extension.ts'
export {
  createMarkdownStream,
  type MarkdownCounters,
  type MarkdownOptions,
  type MarkdownStream,
} from './parser/markdown-stream.ts'
export type {
  Alignment,
  BlockNode,
  BlockQuote,
  Break,
  CodeBlock,
  CodeSpan,
  Container,
  Emphasis,
  ExtensionBlock,
  ExtensionInline,
  FootnoteDefinition,
  FootnoteReference,
  FootnoteSection,
  Heading,
  HtmlBlock,
  Image,
  InlineContent,
  InlineHtml,
  InlineNode,
  InlineSegment,
  Link,
  List,
  ListItem,
  MarkdownDocument,
  Paragraph,
  Strikethrough,
  Strong,
  Table,
  TableCell,
  TableRow,
  Text,
  ThematicBreak,
} from './parser/nodes.ts'
export { toPlainText } from './parser/plain-text.ts'
export { type InertHtml, inertHtml } from './react/inert-html.tsx'
export type { MarkdownLabels } from './react/labels.ts'
export { Markdown, type MarkdownProps, type MarkdownStreamProps, type MarkdownTextProps } from './react/markdown.tsx'
export type {
  ExtensionProps,
  FenceProps,
  MarkdownComponents,
  MarkdownNode,
  ReactExtension,
} from './react/settings.ts'
export type { TextGrowth } from './react/use-live-document.ts'
export { type FeedSnapshot, type MarkdownFeed, useMarkdownStream } from './react/use-markdown-stream.ts'
export type { RenderOptions } from './react/use-resolved-options.ts'
export type { AllowImage } from './safety/image-policy.ts'
export { defaultUrlPolicy, type UrlKind, type UrlPolicy } from './safety/url-policy.ts'
