import type { LiveDocument } from './live-document.ts'
import type { LiveDocumentStore } from './use-live-document.ts'

const stores = new WeakMap<Element, LiveDocumentStore>()

/** Remembers whose text an element shows, for who looks at it later. */
export function setStore(element: Element, store: LiveDocumentStore): void {
  stores.set(element, store)
}

/** What the element of a `<Markdown>` shows now: its text, and the tree that was made of it. */
export function treeOf(
  element: Element,
): { readonly text: string; readonly root: LiveDocument['stream']['root'] } | undefined {
  const live = stores.get(element)?.get()
  return live && { text: live.text, root: live.stream.root }
}
