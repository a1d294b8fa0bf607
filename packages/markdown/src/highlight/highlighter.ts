/** What a piece of code is. A style sheet colours it by `[data-token='keyword']`. */
export type TokenType =
  | 'attribute'
  | 'comment'
  | 'constant'
  | 'deleted'
  | 'function'
  | 'heading'
  | 'inserted'
  | 'keyword'
  | 'link'
  | 'parameter'
  | 'property'
  | 'punctuation'
  | 'string'
  | 'tag'
  | 'type'

/** A piece of a line. The pieces of a line, joined, are the line. */
export interface Token {
  readonly text: string
  /** None for what has the colour of the text. */
  readonly type?: TokenType | undefined
}

/** Tokenises one language, a line at a time. */
export interface LineHighlighter {
  /**
   * @param text A line without its newline.
   * @param state What this returned for the line before; `undefined` for the first line.
   */
  line(text: string, state: unknown): readonly [tokens: readonly Token[], state: unknown]
}

/** Tokenises a block of code while it grows. */
export interface CodeTokens {
  /** Tokens of the lines from the first on, as far as they are known. Only ever appended to. */
  readonly lines: readonly (readonly Token[])[]
  /** Says which lines there are: whole ones, only ever more. */
  grow(lines: readonly string[]): void
  /** Ends the work. Nothing is reported afterwards. */
  stop(): void
}

/** Where the colours of code come from. `createHighlighter` of `@millrace/markdown/highlight` makes one. */
export interface Highlighter {
  /**
   * Begins with a block of code, as soon as its fence names the language and outside of rendering. The code is shown
   * plain until there are tokens, and for ever if the language is not known.
   * @param language First word of the fence's info string.
   * @param onTokens Called when there are more.
   */
  start(language: string, onTokens: () => void): CodeTokens
}

/**
 * Gets what a language needs; asked once for each block of code, so keep what was loaded.
 * @returns `undefined` for a language that is not known: its code stays plain.
 */
export type LoadLanguage = (language: string) => Promise<LineHighlighter | undefined>
