interface Watch {
  /** Whether something may be selected. Only a change of the selection makes it true again. */
  mayBeSelected: boolean
  isWatching: boolean
}

// One for the page, as there is one selection.
const watch: Watch = { mayBeSelected: true, isWatching: false }

/**
 * The selection, if there is text in it. A document in which nothing is selected has to be laid out before it can say so,
 * which after every change of a long text would cost more than the change: it is asked again when that may have changed.
 */
export function selectedText(): Selection | undefined {
  if (!watch.isWatching) document.addEventListener('selectionchange', selectionChanged)
  watch.isWatching = true
  if (!watch.mayBeSelected) return undefined
  const selection = document.getSelection()
  watch.mayBeSelected = selection !== null && !isCollapsed(selection)
  return watch.mayBeSelected && selection ? selection : undefined
}

function selectionChanged(): void {
  watch.mayBeSelected = true
}

/** As its own property says, which lays the document out in any case. */
function isCollapsed({ anchorNode, anchorOffset, focusNode, focusOffset }: Selection): boolean {
  return anchorNode === null || (anchorNode === focusNode && anchorOffset === focusOffset)
}
