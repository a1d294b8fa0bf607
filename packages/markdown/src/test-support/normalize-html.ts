import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5'

const blockTag =
  /\s*(<\/?(?:p|ul|ol|li|h[1-6]|blockquote|table|thead|tbody|tr|th|td|hr|section|br|input)(?:\s[^>]*)?>)\s*/g

/** HTML as a browser reads it, without what it does not show: whitespace around blocks, the order of attributes. */
export function normalizeHtml(html: string): string {
  const fragment = parseFragment(html)
  sortAttributes(fragment)
  // What stands between the tags of `pre` is left as it is.
  return serialize(fragment)
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map((part) => (part.startsWith('<pre>') ? part : part.replace(/\s+/g, ' ').replace(blockTag, '$1')))
    .join('')
    .replace(/ ?(<\/?pre>) ?/g, '$1')
    .trim()
}

function sortAttributes(node: DefaultTreeAdapterTypes.Node): void {
  if ('attrs' in node) node.attrs.sort((a, b) => (a.name < b.name ? -1 : 1))
  if ('childNodes' in node) for (const child of node.childNodes) sortAttributes(child)
}
