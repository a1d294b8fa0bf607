import type { InlineNode } from '../nodes.ts'
import { toPlainText } from '../plain-text.ts'

/**
 * What inline text is cut into while it is parsed: a piece of a doubly linked list, since emphasis and links gather the
 * pieces between their two marks. A list is a ring around a piece that holds nothing, its head.
 */
export interface Piece {
  previous: Piece
  next: Piece
  /** Shown as it is. */
  text: string
  /** Came from an escape or entity: its whitespace is not trimmed. */
  isLiteral: boolean
  /** A node that holds no other, in place of the text. */
  readonly node: InlineNode | undefined
  /** Makes a node of the pieces gathered. */
  readonly wrap: ((children: readonly InlineNode[]) => InlineNode) | undefined
  /** The head of the pieces gathered. */
  readonly children: Piece | undefined
  /** How many pieces gather one another inside it. */
  depth: number
}

// React and the DOM recurse: what is nested deeper is shown flat.
const maxInlineDepth = 200

type Contents = Partial<Pick<Piece, 'text' | 'isLiteral' | 'node' | 'wrap' | 'children'>>

function createPiece({ text = '', isLiteral = false, node, wrap, children }: Contents): Piece {
  const piece = { text, isLiteral, node, wrap, children, depth: 0 } as Piece // its neighbours follow
  piece.previous = piece
  piece.next = piece
  return piece
}

export const createList = (): Piece => createPiece({})

function insert(piece: Piece, previous: Piece, next: Piece): Piece {
  piece.previous = previous
  piece.next = next
  previous.next = piece
  next.previous = piece
  return piece
}

export function append(list: Piece, contents: Contents): Piece {
  return insert(createPiece(contents), list.previous, list)
}

export function remove(piece: Piece): void {
  piece.previous.next = piece.next
  piece.next.previous = piece.previous
}

/** Gathers what stands between two pieces, which stay. */
export function wrapBetween(before: Piece, after: Piece, wrap: Piece['wrap']): void {
  const children = createList()
  let depth = 0
  for (let piece = before.next; piece !== after; piece = piece.next) depth = Math.max(depth, piece.depth)
  const isTooDeep = depth >= maxInlineDepth
  for (let piece = before.next; piece !== after; ) {
    const next = piece.next
    if (isTooDeep && piece.children && !piece.wrap) splice(children, piece.children)
    else insert(piece, children.previous, children)
    piece = next
  }
  const wrapper = createPiece({ wrap: isTooDeep ? undefined : wrap, children })
  wrapper.depth = isTooDeep ? depth : depth + 1
  insert(wrapper, before, after)
}

/** Moves a whole list to the end of another, however long it is. */
function splice(list: Piece, added: Piece): void {
  if (added.next === added) return
  const last = list.previous
  last.next = added.next
  added.next.previous = last
  added.previous.next = list
  list.previous = added.previous
}

/** The nodes of a list, neighbouring text joined. */
export function toNodes(list: Piece, nodes: InlineNode[] = []): InlineNode[] {
  let text = ''
  for (let piece = list.next; ; piece = piece.next) {
    text += piece.text
    const isText = piece !== list && !piece.node && !piece.children
    if (isText) continue
    if (text) addText(nodes, text)
    text = ''
    if (piece === list) return nodes
    if (piece.node) nodes.push(piece.node)
    else if (piece.children && piece.wrap) nodes.push(piece.wrap(toNodes(piece.children)))
    else if (piece.children) toNodes(piece.children, nodes)
  }
}

function addText(nodes: InlineNode[], value: string): void {
  const last = nodes.at(-1)
  if (last?.type === 'text') nodes[nodes.length - 1] = { type: 'text', value: last.value + value }
  else nodes.push({ type: 'text', value })
}

export const wrapLink =
  (url: string, title: string | undefined) =>
  (children: readonly InlineNode[]): InlineNode => ({ type: 'link', url, title, children: withoutLinks(children) })

export const wrapImage =
  (url: string, title: string | undefined) =>
  (children: readonly InlineNode[]): InlineNode => ({ type: 'image', url, title, alt: toPlainText(children) })

/** A link holds no link: an address in its text that would be one by itself is text there. */
function withoutLinks(nodes: readonly InlineNode[]): readonly InlineNode[] {
  if (!nodes.some(holdsLink)) return nodes
  const flat: InlineNode[] = []
  for (const node of nodes) {
    if (node.type === 'link') addText(flat, toPlainText(node.children))
    else if (node.type === 'text') addText(flat, node.value)
    else flat.push('children' in node ? { ...node, children: withoutLinks(node.children) } : node)
  }
  return flat
}

function holdsLink(node: InlineNode): boolean {
  return node.type === 'link' || ('children' in node && node.children.some(holdsLink))
}
