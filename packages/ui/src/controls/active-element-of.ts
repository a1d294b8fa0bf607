/** What has the focus in the document that an element is in, or in its shadow tree, which is one element from outside. */
export const activeElementOf = (element: Element): HTMLElement | null =>
  (element.getRootNode() as Partial<DocumentOrShadowRoot>).activeElement as HTMLElement | null
