/** Syntax beyond CommonMark and GFM. It may start a block, read a piece of inline text, or both. */
export interface MarkdownExtension {
  /** Names what it finds in the tree. */
  readonly name: string
  readonly block?: BlockRule
  readonly inline?: InlineRule
}

/** A block of lines that are taken as they are, as in a fenced code block. */
export interface BlockRule {
  /** The characters with one of which its first line must begin, after up to three spaces. */
  readonly trigger: string
  /**
   * Looks at a line, from its first character that is no space. The line may still be growing, so the answer counts
   * again for each longer one. Such a block may interrupt a paragraph.
   */
  start(line: string): BlockStart | undefined
}

export interface BlockStart {
  readonly info?: string
  /** What of the content stands in the first line already. */
  readonly line?: string
  /**
   * Whether a line ends the block. The line counts as its last: as content if a string is returned, which is what
   * stands before the end. Missing for a block of one line.
   */
  readonly end?: (line: string) => boolean | string
}

/** Reads on from a character. Links, emphasis and the like may enclose what it finds, not cross it. */
export interface InlineRule {
  /** One character. */
  readonly trigger: string
  /**
   * What starts at that place, if anything does. `'unfinished'` if more text could still make it something, as when the
   * closing mark has not come: that text is shown as it is, and asked about again. Should take no longer than it takes
   * to read to the place it returns.
   */
  parse(text: string, at: number): { readonly end: number; readonly value: string } | 'unfinished' | undefined
}
