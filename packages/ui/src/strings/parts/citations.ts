import type { Words } from '../strings.ts'

/** What `Citations` says. */
export interface CitationStrings {
  /** Name of the link that a number in the text is. */
  readonly citation: (number: number, title: string) => string
}

export const citationWords: Words<CitationStrings> = {
  en: { citation: (number, title) => `Source ${number}: ${title}` },
  vi: { citation: (number, title) => `Nguồn ${number}: ${title}` },
}
