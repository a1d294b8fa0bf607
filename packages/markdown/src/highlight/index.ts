export { createHighlighter, type HighlighterOptions } from './create-highlighter.ts'
export type { Highlighter, LineHighlighter, Token, TokenType } from './highlighter.ts'
export type { LoadGrammar } from './languages.ts'
