/** Tags that do nothing but look like something. */
export const inertTags = ['br', 'details', 'kbd', 'sub', 'summary', 'sup'] as const

export type InertTag = (typeof inertTags)[number]

export interface ParsedTag {
  readonly name: InertTag
  readonly closing: boolean
}

const tag = /^<(\/?)([a-z]+)\s*\/?>$/i

/** Reads a tag that may be rendered as itself. One with attributes, or any other, is text. */
export function parseInertTag(html: string): ParsedTag | undefined {
  const [, slash, word = ''] = tag.exec(html.trim()) ?? []
  const name = inertTags.find((inert) => inert === word.toLowerCase())
  return name && { name, closing: slash === '/' }
}
