const attribute = `\\s+[a-zA-Z_:][\\w:.-]*(?:\\s*=\\s*(?:[^"'=<>\`\\x00-\\x20]+|'[^']*'|"[^"]*"))?`
const openTag = `<[A-Za-z][A-Za-z\\d-]*(?:${attribute})*\\s*/?>`
const closingTag = '</[A-Za-z][A-Za-z\\d-]*\\s*>'

const tag = new RegExp(`${openTag}|${closingTag}`, 'y')

/** A line with one whole tag and nothing else. */
export const loneTag = new RegExp(`^(?:${openTag}|${closingTag})\\s*$`)

// What starts and ends the rest of raw HTML, and how far the end is from the start at least.
const spans: readonly [start: string, end: string][] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
]

/** Finds raw HTML in one text. Remembers which ends the text does not have, so that none is searched for twice. */
export function createHtmlScanner(text: string): (at: number) => number | undefined {
  const missing = new Set<string>()

  function find(end: string, from: number): number | undefined {
    if (missing.has(end)) return
    const at = text.indexOf(end, from)
    if (at >= 0) return at + end.length
    missing.add(end)
    return
  }

  /** Where the raw HTML ends that starts at that place, if any does. */
  return (at) => {
    tag.lastIndex = at
    if (tag.test(text)) return tag.lastIndex
    // Two comments end where others only start.
    if (text.startsWith('<!-->', at)) return at + 5
    if (text.startsWith('<!--->', at)) return at + 6
    const span = spans.find(([start]) => text.startsWith(start, at))
    if (span) return find(span[1], at + span[0].length)
    return /^<![A-Za-z]/.test(text.slice(at, at + 3)) ? find('>', at + 3) : undefined
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an address may hold none
const uriPattern = /<([A-Za-z][A-Za-z\d.+-]{1,31}:[^<>\x00-\x20]*)>/y
const mailPattern =
  /<([\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?(?:\.[a-zA-Z\d](?:[a-zA-Z\d-]{0,61}[a-zA-Z\d])?)*)>/y

/** `<https://…>` or `<name@…>` at that place. */
export function scanAutolink(text: string, at: number): { text: string; url: string; end: number } | undefined {
  uriPattern.lastIndex = at
  const uri = uriPattern.exec(text)?.[1]
  if (uri !== undefined) return { text: uri, url: uri, end: uriPattern.lastIndex }
  mailPattern.lastIndex = at
  const address = mailPattern.exec(text)?.[1]
  return address === undefined ? undefined : { text: address, url: `mailto:${address}`, end: mailPattern.lastIndex }
}
