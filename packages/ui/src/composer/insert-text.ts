/**
 * Writes into a field in place of what stands there, as if it were typed: the cursor is behind it, the browser can undo it,
 * and React hears of it. The field has the focus afterwards.
 */
export function insertText(area: HTMLTextAreaElement, text: string, start: number, end: number): void {
  area.focus({ preventScroll: true })
  area.setSelectionRange(start, end)
  // Deprecated, and the only way that leaves Ctrl+Z its memory. jsdom does not have it.
  if (area.ownerDocument.execCommand?.(text === '' ? 'delete' : 'insertText', false, text)) return
  replaceText(area, text, start, end)
}

/** The same without the focus, and without undo. A cursor that is elsewhere stays there. */
export function replaceText(area: HTMLTextAreaElement, text: string, start: number, end: number): void {
  const isAway = area.selectionEnd < start || area.selectionStart > end
  area.setRangeText(text, start, end, isAway ? 'preserve' : 'end')
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText', data: text }))
}
