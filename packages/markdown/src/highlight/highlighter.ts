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

/** Where the colours of code come from. `createHighlighter` of `@millrace/markdown/highlight` makes one. */
export interface Highlighter {
  /**
   * Gets what a language needs. Called as soon as a fence names its language, outside of rendering, and once for each
   * block of code: keep what was loaded.
   * @param language First word of the fence's info string.
   * @returns `undefined` for a language that is not known: its code stays plain.
   */
  load(language: string): Promise<LineHighlighter | undefined>
}
