const tabWidth = 4

/**
 * A line that blocks take their markers from, left to right. Tabs count up to the next multiple of four columns, and a
 * marker may use a part of one.
 */
export class Line {
  readonly text: string
  /** Where the line starts in the source. */
  readonly start: number
  /** Whether more of it may come. */
  readonly isUnfinished: boolean
  offset = 0
  /** Where the next character stands that is neither space nor tab. */
  nextNonspace = 0
  /** Columns up to that character. */
  indent = 0
  /** Whether there is no such character. */
  isBlank = false
  #column = 0
  #isWithinTab = false

  constructor(text: string, start: number, isUnfinished: boolean) {
    this.text = text
    this.start = start
    this.isUnfinished = isUnfinished
    this.#findNonspace()
  }

  /** More than three columns make it indented code, unless a paragraph goes on. */
  get isIndented(): boolean {
    return this.indent >= 4
  }

  get first(): string | undefined {
    return this.text[this.nextNonspace]
  }

  /** Where in the source its content starts. */
  get contentStart(): number {
    return this.start + this.nextNonspace
  }

  get end(): number {
    return this.start + this.text.length
  }

  get content(): string {
    return this.text.slice(this.nextNonspace)
  }

  /** What is left, with the rest of a tab as spaces. */
  get rest(): string {
    if (!this.#isWithinTab) return this.text.slice(this.offset)
    return ' '.repeat(tabWidth - (this.#column % tabWidth)) + this.text.slice(this.offset + 1)
  }

  /** Takes what the next character is indented by, or so much of it. */
  skipIndent(atMost = this.indent): void {
    this.skip(Math.min(atMost, this.indent))
  }

  /** Takes columns: characters, or parts of tabs. */
  skip(columns: number): void {
    let left = columns
    while (left > 0 && this.offset < this.text.length) {
      const isTab = this.text.charCodeAt(this.offset) === 9
      const width = isTab ? tabWidth - (this.#column % tabWidth) : 1
      const taken = Math.min(width, left)
      this.#isWithinTab = isTab && width > left
      this.#column += taken
      left -= taken
      if (!this.#isWithinTab) this.offset++
    }
    this.#findNonspace()
  }

  #findNonspace(): void {
    let at = this.offset
    let column = this.#column
    for (let unit = this.text.charCodeAt(at); isSpace(unit); unit = this.text.charCodeAt(++at)) {
      column += unit === 9 ? tabWidth - (column % tabWidth) : 1
    }
    this.nextNonspace = at
    this.indent = column - this.#column
    this.isBlank = at >= this.text.length
  }
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9
}
