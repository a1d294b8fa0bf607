import type { LeafContent } from './leaf-content.ts'
import type { FootnoteReference, FootnoteSection, InlineNode } from './nodes.ts'
import type { DocumentBlock, FootnoteBlock, Stamped } from './writable-nodes.ts'

/** Numbers the footnotes in the order of their first references, and gathers them for the end of the page. */
export interface Footnotes {
  /** The references in that text may have changed. */
  noteChange(content: LeafContent): void
  /** Brings numbers and section up to date. */
  update(): void
}

/** One reference, and the text that it stands in. */
interface Use {
  readonly reference: FootnoteReference
  readonly content: LeafContent
}

export function createFootnotes(root: DocumentBlock, touch: (node: Stamped) => void): Footnotes {
  const referring = new Set<LeafContent>()
  let hasChanged = false
  /** Those that are shown, in their order. */
  let shown: readonly FootnoteBlock[] = []

  function update(): void {
    if (!hasChanged) return
    hasChanged = false
    const uses = findUses()
    const gone = shown.filter((footnote) => !uses.has(footnote))
    shown = [...uses.keys()]
    let hasMoved = gone.length > 0
    for (const footnote of gone) number(footnote, 0, [])
    for (const [index, footnote] of shown.entries())
      hasMoved = number(footnote, index + 1, uses.get(footnote) ?? []) || hasMoved
    if (!hasMoved) return
    // The tree's own types let the parser write; the nodes are the same.
    const children = shown as unknown as FootnoteSection['children']
    root.footnotes = shown.length > 0 ? { type: 'footnotes', stamp: 0, children } : undefined
    touch(root)
  }

  /** By footnote, in the order of the text. Those in footnotes come last, as they do in the page. */
  function findUses(): Map<FootnoteBlock, Use[]> {
    const found = new Map<FootnoteBlock, Use[]>()
    for (const content of referring) if (content.isGone || !hasReference(content)) referring.delete(content)
    const isNested = (content: LeafContent) => Number(isInFootnote(content))
    const contents = [...referring].sort((a, b) => isNested(a) - isNested(b) || a.order - b.order)
    for (const content of contents) {
      for (const reference of referencesOf(content)) {
        // References are made of blocks of this tree.
        const footnote = reference.definition as unknown as FootnoteBlock
        const list = found.get(footnote) ?? []
        list.push({ reference, content })
        found.set(footnote, list)
      }
    }
    return found
  }

  /** Returns whether it has another number than before. */
  function number(footnote: FootnoteBlock, count: number, uses: readonly Use[]): boolean {
    const { references } = footnote
    const hasMoved = footnote.number !== count
    if (hasMoved || references.length !== uses.length) touch(footnote)
    footnote.number = count
    footnote.references = uses.map(({ reference }) => reference)
    // Numbers show where they are referred to, and so does which reference of how many it is.
    uses.forEach(({ reference, content }, index) => {
      if ((hasMoved || references[index] !== reference) && content.owner) touch(content.owner)
    })
    return hasMoved
  }

  return {
    noteChange(content) {
      if (!hasReference(content) && !referring.has(content)) return
      hasChanged = true
      referring.add(content)
    },
    update,
  }
}

/** The references in nodes, in their order. */
export function findReferences(nodes: readonly InlineNode[]): FootnoteReference[] {
  return nodes.flatMap((node) => {
    if (node.type === 'footnote-reference') return node
    return 'children' in node ? findReferences(node.children) : []
  })
}

function referencesOf({ segments, healedFootnotes }: LeafContent): FootnoteReference[] {
  return [...segments.flatMap(({ footnotes }) => footnotes), ...healedFootnotes]
}

function hasReference(content: LeafContent): boolean {
  return referencesOf(content).length > 0
}

function isInFootnote({ owner }: LeafContent): boolean {
  let outer: Stamped | undefined = owner
  while (outer && outer.type !== 'footnote-definition') outer = outer.parent
  return outer !== undefined
}
