import { htmlSpans, loneTag } from '../inline/raw-html.ts'
import { createInner, type HtmlBlock } from '../writable-nodes.ts'
import type { BlockStartRule } from './block-rule.ts'

// The names that start raw HTML wherever they stand first in a line.
const blockTags =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul'

/** The seven ways of raw HTML in the order of the standard. Without an end, it ends before a blank line. */
const kinds: readonly (readonly [start: RegExp, end?: RegExp])[] = [
  [/^<(?:script|pre|textarea|style)(?:\s|>|$)/i, /<\/(?:script|pre|textarea|style)>/i],
  ...htmlSpans,
  [new RegExp(`^</?(?:${blockTags})(?:\\s|/?>|$)`, 'i')],
  [loneTag],
]

export const startHtmlBlock: BlockStartRule = (line, parent, tree) => {
  const kind = kinds.find(([start]) => start.test(line.content))
  if (!kind) return
  const [start, endPattern] = kind
  // Any other tag may stand in a paragraph, and goes on there.
  if (start === loneTag && tree.tip.type === 'paragraph') return
  const html: HtmlBlock = {
    ...createInner(line.contentStart),
    type: 'html-block',
    lines: [],
    unfinishedLine: undefined,
    endPattern,
  }
  return tree.add(html, parent)
}
