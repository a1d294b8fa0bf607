/** A place in the text of an element, which stays the same however that text is cut into nodes. */
export interface TextPosition {
  readonly within: Element
  /** In UTF-16 units. */
  readonly offset: number
}

/** Where a point of the document is in the text of `within`. */
export function textPosition(within: Element, node: Node, offset: number): TextPosition {
  const before = within.ownerDocument.createRange()
  before.setStart(within, 0)
  before.setEnd(node, offset)
  return { within, offset: before.toString().length }
}

/** The point of the document at a position, or `undefined` where the text has become shorter. */
export function pointAt({
  within,
  offset,
}: TextPosition): { readonly node: Node; readonly offset: number } | undefined {
  const texts = within.ownerDocument.createTreeWalker(within, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { length } = node as Text // As asked for.
    if (left <= length) return { node, offset: left }
    left -= length
  }
  return undefined
}
