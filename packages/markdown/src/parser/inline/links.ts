import { isAsciiPunctuation, normalizeLabel, unescapeText } from '../characters.ts'
import { type Scanned, scan } from './scan.ts'

/** Where `[label]: destination "title"` leads. */
export interface LinkDefinition {
  readonly url: string
  readonly title: string | undefined
}

const maxParentheses = 32

/** What more text could complete: it ends past the text, where nothing else can be found. */
const unfinished: Scanned = { value: '', end: Number.POSITIVE_INFINITY }

/** A link destination at that place, `<…>` or bare. */
function scanDestination(text: string, at: number): Scanned | undefined {
  return text[at] === '<' ? scanQuoted(text, at, '>', '\n<') : scanBareDestination(text, at)
}

/** What stands between two marks, and holds none of the forbidden ones. */
function scanQuoted(text: string, start: number, closing: string, forbidden: string): Scanned | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === closing) return { value: unescapeText(text.slice(start + 1, at)), end: at + 1 }
    if (forbidden.includes(character)) return
    if (character === '\\') at++
  }
  return unfinished
}

function scanBareDestination(text: string, start: number): Scanned | undefined {
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const character = text[at]
    if (character === '\\' && isAsciiPunctuation(text[at + 1])) at++
    else if (character === '(' && ++depth > maxParentheses) return
    else if (character === ')' && depth-- === 0) break
    else if (text.charCodeAt(at) <= 0x20 || text.charCodeAt(at) === 0x7f) break
  }
  if (depth > 0) return at >= text.length ? unfinished : undefined
  return { value: unescapeText(text.slice(start, at)), end: at }
}

/** A title in quotes or parentheses. */
function scanTitle(text: string, start: number): Scanned | undefined {
  const opening = text.charAt(start)
  if (opening === '(') return scanQuoted(text, start, ')', '(')
  return opening === '"' || opening === "'" ? scanQuoted(text, start, opening, '') : undefined
}

const space = /[ \t]*\n?[ \t]*/y

/** Skips spaces and at most one line end. */
const skipSpace = (text: string, start: number) => scan(space, text, start)?.end ?? start

const labelPattern = /\[((?:[^\\[\]]|\\[\s\S]){0,999})\]/y

/** `[label]` at that place, the label as it was written. */
export const scanLabel = (text: string, at: number) => scan(labelPattern, text, at)

const restOfLine = /[ \t]*(?:\n|$)/y

/** Where the next line starts, if nothing but spaces is left of this one. */
const skipLineEnd = (text: string, at: number) => scan(restOfLine, text, at)?.end

/** What stands at the front of a paragraph: `[label]: destination "title"`, with its label normalised. */
export function scanDefinition(text: string): { label: string; definition: LinkDefinition; end: number } | undefined {
  const label = scanLabel(text, 0)
  if (!label?.value.trim() || text[label.end] !== ':') return
  const start = skipSpace(text, label.end + 1)
  const destination = scanDestination(text, start)
  if (!destination || destination.end === start) return
  const title = scanTitleAfter(text, destination)
  const withTitle = title && skipLineEnd(text, title.end)
  // What is no title ends the definition, if it stands in the next line.
  const end = withTitle ?? skipLineEnd(text, destination.end)
  if (end === undefined) return
  const definition = { url: destination.value, title: withTitle === undefined ? undefined : title?.value }
  return { label: normalizeLabel(label.value), definition, end }
}

function scanTitleAfter(text: string, { end }: Scanned): Scanned | undefined {
  const start = skipSpace(text, end)
  return start > end ? scanTitle(text, start) : undefined
}

/**
 * What follows the `]` of an inline link: `(destination "title")`. Its end is past the text where more text could complete
 * it.
 */
export function scanLinkTail(text: string, at: number): (LinkDefinition & { end: number }) | undefined {
  if (text[at] !== '(') return
  const destination = scanDestination(text, skipSpace(text, at + 1))
  if (!destination) return
  const title = scanTitleAfter(text, destination)
  const end = skipSpace(text, (title ?? destination).end)
  if (end < text.length && text[end] !== ')') return
  return { url: destination.value, title: title?.value, end: end + 1 }
}
