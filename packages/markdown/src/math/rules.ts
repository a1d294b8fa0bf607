import type { BlockRule, InlineRule } from '../parser/extension.ts'

// What is longer between two dollars is two prices.
const longestInline = 1_000

/** `$$` or `\[` at the start of a line, up to the line that ends in its counterpart. */
export const blockMath: BlockRule = {
  trigger: '$\\',
  start(line) {
    const close = line.startsWith('$$') ? '$$' : line.startsWith('\\[') ? '\\]' : undefined
    if (!close) return undefined
    const rest = line.slice(2)
    const end = rest.indexOf(close)
    if (end !== -1) return rest.slice(end + 2).trim() === '' ? { line: rest.slice(0, end) } : undefined
    const endsIn = (text: string) => endOf(text, close)
    return rest.trim() === '' ? { end: endsIn } : { line: rest, end: endsIn }
  },
}

/** Whether a line ends a block, and if so what of it stands before the end. */
function endOf(line: string, close: string): boolean | string {
  const trimmed = line.trimEnd()
  if (!trimmed.endsWith(close)) return false
  return trimmed.length === close.length || trimmed.slice(0, -close.length)
}

/**
 * `$x$` and `$$x$$` inside of text. As in Pandoc, a dollar before a space opens nothing, one after a space or before a
 * digit closes nothing, and none stands inside: prices stay prices. What is found keeps its marks.
 */
export const dollarMath: InlineRule = {
  trigger: '$',
  parse(text, at) {
    const mark = text[at + 1] === '$' ? '$$' : '$'
    const start = at + mark.length
    if (start >= text.length) return 'unfinished'
    if (mark === '$' && /\s/.test(text.charAt(start))) return undefined
    const limit = Math.min(text.length, start + longestInline)
    for (let end = start; end < limit; end++) {
      if (text[end] === '\\') end++
      else if (closes(text, mark, start, end)) {
        return mark === '$' && isPrice(text.slice(start, end)) ? undefined : found(text, at, end + mark.length)
      }
      // One that closes nothing may open the next: what is before it is a price.
      else if (mark === '$' && text[end] === '$') return undefined
    }
    return text.length > limit ? undefined : 'unfinished'
  },
}

function closes(text: string, mark: string, start: number, end: number): boolean {
  if (end === start || !text.startsWith(mark, end)) return false
  return mark === '$$' || (/\S/.test(text.charAt(end - 1)) && !/\d/.test(text.charAt(end + 1)))
}

/** A number and then words: `10, or 3`. Formulas have their words in commands. */
function isPrice(text: string): boolean {
  return /^\d/.test(text) && !text.includes('\\') && /\s[a-z]{2,}\s/i.test(text)
}

/** `\(x\)` and `\[x\]` inside of text, which models write as often as dollars. What is found keeps its marks. */
export const backslashMath: InlineRule = {
  trigger: '\\',
  parse(text, at) {
    if (at + 1 >= text.length) return 'unfinished'
    const close = text[at + 1] === '(' ? '\\)' : text[at + 1] === '[' ? '\\]' : undefined
    if (!close) return undefined
    const end = text.slice(at + 2, at + longestInline).indexOf(close)
    if (end !== -1) return found(text, at, at + 4 + end)
    return text.length > at + longestInline ? undefined : 'unfinished'
  },
}

function found(text: string, start: number, end: number) {
  return { end, value: text.slice(start, end) }
}

/** The formula inside of its marks, and whether it stands on a line of its own. */
export function unwrapInline(value: string): { readonly formula: string; readonly isDisplay: boolean } {
  const isDisplay = value.startsWith('$$') || value.startsWith('\\[')
  const markLength = value.startsWith('$') && !isDisplay ? 1 : 2
  return { formula: value.slice(markLength, -markLength), isDisplay }
}
