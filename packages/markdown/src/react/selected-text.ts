// One for the page, as there is one selection.
let isWatching = false
/** Whether something may be selected. Only a change of the selection makes it true again. */
let mayBeSelected = true

/**
 * The selection, if there is text in it. A document in which nothing is selected has to be laid out before it can say so,
 * which after every change of a long text would cost more than the change: it is asked again when that may have changed.
 */
export function selectedText(): Selection | null {
  if (!isWatching) document.addEventListener('selectionchange', selectionChanged)
  isWatching = true
  const selection = mayBeSelected ? document.getSelection() : null
  mayBeSelected = selection !== null && !isCollapsed(selection)
  return mayBeSelected ? selection : null
}

function selectionChanged(): void {
  mayBeSelected = true
}

/** As its own property says, which lays the document out in any case. */
function isCollapsed({ anchorNode, anchorOffset, focusNode, focusOffset }: Selection): boolean {
  return anchorNode === null || (anchorNode === focusNode && anchorOffset === focusOffset)
}
