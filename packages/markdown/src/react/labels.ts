/** The words that are not the answer's own. */
export interface MarkdownLabels {
  /** Heading of the footnotes. */
  readonly footnotes: string
  /** Name of the link from a footnote back to where it is referred to. */
  backToReference(number: number): string
  readonly taskDone: string
  readonly taskOpen: string
  /** Name of the link that loads an image which is not loaded unasked. */
  loadImage(alt: string, host: string): string
}

export const englishLabels: MarkdownLabels = {
  footnotes: 'Footnotes',
  backToReference: (number) => `Back to reference ${number}`,
  taskDone: 'Done',
  taskOpen: 'To do',
  loadImage: (alt, host) => (alt ? `Load image “${alt}” from ${host}` : `Load image from ${host}`),
}
