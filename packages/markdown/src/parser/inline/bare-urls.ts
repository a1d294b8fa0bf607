import { isCjk } from '../characters.ts'
import type { InlineNode } from '../nodes.ts'
import { createPlainLink } from './link-node.ts'
import { scan } from './scan.ts'

// GFM's extended autolinks: addresses that nobody marked as such.

const start = /(?:https?|ftp):\/\/|www\./gi
// To compile all letters without regard to case takes engines a millisecond: only the start has both. No name is longer
// than 253, and without a limit each of many starts in one run of letters would be searched to its end.
const hostPattern = /(?:[A-Za-z]+:\/\/|[Ww]{3}\.)([\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{0,255})/uy
// Up to whitespace or `<`, as GFM has it; and up to the punctuation of Chinese and Japanese sentences, which follows an
// address without a space and is never in one unescaped.
const run = /[^\s<、。〈-】（），：；？！…“”]*/y
const runInBrackets = /[^\s<\]、。〈-】（），：；？！…“”]*/y

/** Where the next one may start, from that place on. */
export function findUrl(text: string, from: number): number {
  start.lastIndex = from
  return start.exec(text)?.index ?? Number.POSITIVE_INFINITY
}

/** The address that starts there, and how far the text was looked at. In brackets it ends before a closing one. */
export function scanUrl(
  text: string,
  at: number,
  before: string,
  isInBrackets: boolean,
): { node: InlineNode; end: number; seen: number } | undefined {
  const isWww = /^w/i.test(text.charAt(at))
  if (isWww ? !/^$|[\s*_~([\]]/.test(before) && !isCjk(before) : /[a-z]/i.test(before)) return
  const host = scan(hostPattern, text, at)
  // Neither of its last two labels has an underscore.
  if (!host || /_[^._]*(?:\.[^._]*)?$/.test(host.value)) return
  const seen = scan(isInBrackets ? runInBrackets : run, text, at)?.end ?? at
  const glued = gluedWords(host.value)
  const url = glued ? text.slice(at, host.end - glued) : trimUrl(text.slice(at, seen))
  return { node: createPlainLink(isWww ? `http://${url}` : url, url), end: at + url.length, seen }
}

/** How much of a host is the next words: `example.com查看`, where no space parts them. No domain ends like that. */
function gluedWords(host: string): number {
  const [, tail = ''] = /\.[a-z]{2,}([\u0080-\uffff][^.]*)$/i.exec(host) ?? []
  return tail && isCjk(tail) ? tail.length : 0
}

const trailing = /(?:&[a-z\d]+;|[?!.,:;*_~'"])$/i

/** Punctuation at the end belongs to the sentence. So does a closing parenthesis without an opening one. */
function trimUrl(url: string): string {
  let end = url.length
  let unopened = url.split(')').length - url.split('(').length
  for (;;) {
    // No entity is longer than that.
    const found = trailing.exec(url.slice(Math.max(0, end - 40), end))?.[0].length
    if (found) end -= found
    else if (url[end - 1] === ')' && unopened-- > 0) end--
    else return url.slice(0, end)
  }
}

/** Turns bare e-mail addresses in text into links. */
export function linkAddresses(nodes: readonly InlineNode[]): readonly InlineNode[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return node.value.includes('@') ? splitAtAddresses(node.value) : node
    const holdsText = 'children' in node && node.type !== 'link'
    return holdsText ? { ...node, children: linkAddresses(node.children) } : node
  })
}

const domain = /(?:[a-z\d_-]+\.)+[a-z\d_-]*[a-z\d](?![\w-])/iy

function splitAtAddresses(text: string): InlineNode[] {
  const nodes: InlineNode[] = []
  let done = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let from = at
    while (from > done && /[\w.+-]/.test(text.charAt(from - 1))) from--
    const end = scan(domain, text, at + 1)?.end
    if (from === at || !end) continue
    const address = text.slice(from, end)
    if (from > done) nodes.push({ type: 'text', value: text.slice(done, from) })
    nodes.push(createPlainLink(`mailto:${address}`, address))
    done = end
  }
  if (done < text.length) nodes.push({ type: 'text', value: text.slice(done) })
  return nodes
}
