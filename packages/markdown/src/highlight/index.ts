export { createHighlighter, type HighlighterOptions } from './create-highlighter.ts'
export { createLineHighlighter } from './create-line-highlighter.ts'
export type { CodeTokens, Highlighter, LineHighlighter, LoadLanguage, Token, TokenType } from './highlighter.ts'
export type { LoadGrammar } from './languages.ts'
