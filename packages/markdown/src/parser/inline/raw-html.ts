import type { InlineNode } from '../nodes.ts'
import { createPlainLink } from './link-node.ts'
import { scan } from './scan.ts'

const attribute = `\\s+[a-zA-Z_:][\\w:.-]*(?:\\s*=\\s*(?:[^"'=<>\`\\x00-\\x20]+|'[^']*'|"[^"]*"))?`
const anyTag = `(?:<[A-Za-z][A-Za-z\\d-]*(?:${attribute})*\\s*/?>|</[A-Za-z][A-Za-z\\d-]*\\s*>)`

// Two comments end where others only start.
const tag = new RegExp(`${anyTag}|<!--(?:>|->)`, 'y')

/** A line with one whole tag and nothing else. */
export const loneTag = new RegExp(`^${anyTag}\\s*$`)

/** What starts and ends the rest of raw HTML: comments and the like. */
export const htmlSpans: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![A-Za-z]/, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
]

/** Finds raw HTML in one text. Remembers which ends the text does not have, so that none is searched for twice. */
export function createHtmlScanner(text: string): (at: number) => number | undefined {
  const missing = new Set<RegExp>()

  /** Where the raw HTML ends that starts at that place, if any does. */
  return (at) => {
    const tagEnd = scan(tag, text, at)?.end
    if (tagEnd) return tagEnd
    for (const [start, end] of htmlSpans) {
      // No start is longer than that.
      const opening = start.exec(text.slice(at, at + 9))?.[0]
      if (!opening || missing.has(end)) continue
      const from = at + opening.length
      const closing = end.exec(text.slice(from))
      if (closing) return from + closing.index + closing[0].length
      missing.add(end)
    }
    return
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an address may hold none
const uriPattern = /<([A-Za-z][A-Za-z\d.+-]{1,31}:[^<>\x00-\x20]*)>/y
const mailPattern =
  /<([\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?(?:\.[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?)*)>/y

/** `<https://…>` or `<name@…>` at that place. */
export function scanAutolink(text: string, at: number): { node: InlineNode; end: number } | undefined {
  const uri = scan(uriPattern, text, at)
  const found = uri ?? scan(mailPattern, text, at)
  return found && { node: createPlainLink(uri ? uri.value : `mailto:${found.value}`, found.value), end: found.end }
}
