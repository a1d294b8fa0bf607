import { isAsciiPunctuation, normalizeLabel, unescapeText } from '../characters.ts'

/** Where `[label]: destination "title"` leads. */
export interface LinkDefinition {
  readonly url: string
  readonly title: string | undefined
}

export interface Scanned {
  readonly value: string
  readonly end: number
}

const maxParentheses = 32

/**
 * A link destination at that place, `<…>` or bare. `'unfinished'` where more text could complete it.
 */
export function scanDestination(text: string, at: number): Scanned | 'unfinished' | undefined {
  return text[at] === '<' ? scanBracketedDestination(text, at + 1) : scanBareDestination(text, at)
}

function scanBracketedDestination(text: string, start: number): Scanned | 'unfinished' | undefined {
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '>') return { value: unescapeText(text.slice(start, at)), end: at + 1 }
    if (character === '\n' || character === '<') return
    if (character === '\\') at++
  }
  return 'unfinished'
}

function scanBareDestination(text: string, start: number): Scanned | 'unfinished' | undefined {
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === '\\' && isAsciiPunctuation(text[at + 1])) at++
    else if (character === '(' && ++depth > maxParentheses) return
    else if (character === ')' && depth-- === 0) break
    else if (text.charCodeAt(at) <= 0x20 || text.charCodeAt(at) === 0x7f) break
  }
  if (depth > 0) return at >= text.length ? 'unfinished' : undefined
  return { value: unescapeText(text.slice(start, at)), end: at }
}

const closingQuotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '(': ')' }

/** A title in quotes or parentheses. */
export function scanTitle(text: string, start: number): Scanned | 'unfinished' | undefined {
  const opening = text.charAt(start)
  const closing = closingQuotes[opening]
  if (!closing) return
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]
    if (character === closing) return { value: unescapeText(text.slice(start + 1, at)), end: at + 1 }
    if (character === '\\') at++
    else if (character === '(' && opening === '(') return
  }
  return 'unfinished'
}

/** Skips spaces and at most one line end. */
export function skipSpace(text: string, start: number): number {
  let feeds = 0
  let at = start
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === '\n' && ++feeds > 1) break
    if (character !== '\n' && character !== ' ' && character !== '\t') break
  }
  return at
}

const labelPattern = /\[((?:[^\\[\]]|\\[\s\S]){0,999})\]/y

/** `[label]` at that place, the label as it was written. */
export function scanLabel(text: string, at: number): Scanned | undefined {
  labelPattern.lastIndex = at
  const label = labelPattern.exec(text)?.[1]
  return label === undefined ? undefined : { value: label, end: labelPattern.lastIndex }
}

const footnoteLabel = /\[\^([^\s[\]]+)\]/y

/** `[^label]` at that place, the label normalised. */
export function scanFootnoteLabel(text: string, at: number): Scanned | undefined {
  footnoteLabel.lastIndex = at
  const label = footnoteLabel.exec(text)?.[1]
  return label === undefined ? undefined : { value: normalizeLabel(label), end: footnoteLabel.lastIndex }
}

const restOfLine = /[ \t]*(?:\n|$)/y

/** Where the next line starts, if nothing but spaces is left of this one. */
function skipLineEnd(text: string, at: number): number | undefined {
  restOfLine.lastIndex = at
  return restOfLine.test(text) ? restOfLine.lastIndex : undefined
}

/** What stands at the front of a paragraph: `[label]: destination "title"`, with its label normalised. */
export function scanDefinition(text: string): { label: string; definition: LinkDefinition; end: number } | undefined {
  const label = scanLabel(text, 0)
  if (!label?.value.trim() || text[label.end] !== ':') return
  const start = skipSpace(text, label.end + 1)
  const destination = scanDestination(text, start)
  if (!destination || destination === 'unfinished' || destination.end === start) return
  const afterDestination = skipSpace(text, destination.end)
  const title = afterDestination > destination.end ? scanTitle(text, afterDestination) : undefined
  const withTitle = title && title !== 'unfinished' ? skipLineEnd(text, title.end) : undefined
  const end = withTitle ?? skipLineEnd(text, destination.end)
  if (end === undefined) return
  return {
    label: normalizeLabel(label.value),
    definition: {
      url: destination.value,
      title: withTitle === undefined || title === undefined || title === 'unfinished' ? undefined : title.value,
    },
    end,
  }
}

/** What follows the `]` of an inline link: `(destination "title")`. `'unfinished'` where more text could complete it. */
export function scanLinkTail(text: string, at: number): (LinkDefinition & { end: number }) | 'unfinished' | undefined {
  if (text[at] !== '(') return
  const destination = scanDestination(text, skipSpace(text, at + 1))
  if (!destination || destination === 'unfinished') return destination
  let end = skipSpace(text, destination.end)
  const title = end > destination.end ? scanTitle(text, end) : undefined
  if (title === 'unfinished') return title
  if (title) end = skipSpace(text, title.end)
  if (end >= text.length) return 'unfinished'
  return text[end] === ')' ? { url: destination.value, title: title?.value, end: end + 1 } : undefined
}
