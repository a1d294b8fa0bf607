/** The field of the composer in the same chat as an element. A message that is changed has such a field too. */
export function findComposer(element: Element): HTMLTextAreaElement | null | undefined {
  return element.closest('.millrace')?.querySelector<HTMLTextAreaElement>('.mr-composer .mr-composer-text')
}

/**
 * Moves the focus on to the composer of the same chat. Where a keyboard would slide in over half the page, it goes to the
 * transcript.
 */
export function focusComposer(element: Element): void {
  const hasKeyboard = !globalThis.matchMedia?.('(pointer: coarse)').matches
  const transcript = element.closest('.millrace')?.querySelector<HTMLElement>('[role="log"]')
  const heir = hasKeyboard ? findComposer(element) : transcript
  heir?.focus({ preventScroll: true })
}
