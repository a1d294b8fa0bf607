import type { InlineNode } from '../nodes.ts'

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
  readonly isLiteral: boolean
  /** In place of text. */
  readonly node: InlineNode | undefined
  /** How deep the node is nested in itself. */
  readonly depth: number
}

// React and the DOM recurse. What encloses so much stays the marks it is written with.
const maxDepth = 200

type Contents = Partial<Pick<Piece, 'text' | 'isLiteral' | 'node' | 'depth'>>

function createPiece({ text = '', isLiteral = false, node, depth = 0 }: Contents): Piece {
  const piece = { text, isLiteral, node, depth } as Piece // its neighbours follow
  piece.previous = piece
  piece.next = piece
  return piece
}

export const createList = (): Piece => createPiece({})

export function append(list: Piece, contents: Contents): void {
  insert(createPiece(contents), list.previous, list)
}

function insert(piece: Piece, previous: Piece, next: Piece): void {
  piece.previous = previous
  piece.next = next
  previous.next = piece
  next.previous = piece
}

export function remove({ previous, next }: Piece): void {
  previous.next = next
  next.previous = previous
}

/** Makes one node of what stands between two pieces, which stay. Returns false if that would be nested too deep. */
export function wrapBetween(before: Piece, after: Piece, wrap: (children: InlineNode[]) => InlineNode): boolean {
  let depth = 1
  for (let piece = before.next; piece !== after; piece = piece.next) depth = Math.max(depth, piece.depth + 1)
  if (depth > maxDepth) return false
  insert(createPiece({ node: wrap(toNodes(before, after)), depth }), before, after)
  return true
}

/** The nodes between two pieces, neighbouring text joined. */
export function toNodes(before: Piece, after: Piece): InlineNode[] {
  const nodes: InlineNode[] = []
  let value = ''
  for (let piece = before.next; ; piece = piece.next) {
    value += piece === after ? '' : piece.text
    if (piece !== after && !piece.node) continue
    if (value) nodes.push({ type: 'text', value })
    value = ''
    if (piece === after) return nodes
    if (piece.node) nodes.push(piece.node)
  }
}
