import type { LiveDocument } from './live-document.ts'

const trees = new WeakMap<Element, LiveDocument>()

/** Remembers what an element shows, for who looks at it later. */
export function setTree(element: Element, live: LiveDocument): void {
  trees.set(element, live)
}

/** What the element of a `<Markdown>` shows now: its text, and the tree that was made of it. */
export function treeOf(
  element: Element,
): { readonly text: string; readonly root: LiveDocument['stream']['root'] } | undefined {
  const live = trees.get(element)
  return live && { text: live.text, root: live.stream.root }
}
