import type { BlockNode } from './nodes.ts'
import type { Block, DocumentBlock, Stamped } from './writable-nodes.ts'

/** Which nodes changed since the last flush. */
export interface Changes {
  readonly closedChanges: number
  readonly touch: (node: Stamped) => void
  readonly touched: () => readonly Stamped[]
  /** Stamps what changed and all around it. Returns the blocks that changed themselves. */
  take(root: DocumentBlock): readonly BlockNode[]
}

export function createChanges(): Changes {
  let changed = new Set<Stamped>()
  let stamp = 0
  let closedChanges = 0

  function touch(node: Stamped): void {
    if ('isSettled' in node && node.isSettled) closedChanges++
    changed.add(node)
  }

  function take(root: DocumentBlock): readonly BlockNode[] {
    const taken = changed
    changed = new Set()
    if (taken.size === 0) return []
    stamp++
    const blocks = new Set<Block>()
    for (const node of taken) {
      blocks.add(blockOf(node))
      for (let outer: Stamped | undefined = node; outer && outer.stamp !== stamp; outer = outer.parent)
        outer.stamp = stamp
    }
    const { footnotes } = root
    // The tree's own types let the parser write; the nodes are the same.
    if (footnotes && (taken.has(root) || footnotes.children.some((child) => child.stamp === stamp))) {
      Object.assign(footnotes, { stamp })
    }
    return [...blocks].filter((block) => block !== root && isAttached(block)) as unknown as BlockNode[]
  }

  return {
    get closedChanges() {
      return closedChanges
    },
    touch,
    touched: () => [...changed],
    take,
  }
}

function blockOf(node: Stamped): Block {
  if (node.type === 'cell') return node.parent.parent
  return node.type === 'row' ? node.parent : node
}

/** What was only there for display, or held nothing but definitions, has left the tree. */
function isAttached(block: Block): boolean {
  let inner = block
  // What is settled stays where it is; anything else stands at the end, or nowhere.
  while (!inner.isSettled && inner.parent) {
    if (!inner.parent.children.includes(inner, -3)) return false
    inner = inner.parent
  }
  return true
}
