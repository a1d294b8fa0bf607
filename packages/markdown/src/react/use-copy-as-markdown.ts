import { type ClipboardEvent, type ClipboardEventHandler, useCallback, useInsertionEffect, useRef } from 'react'
import type { LiveDocument } from './live-document.ts'
import { selectionSource } from './selection-source.ts'

/** Puts the source of what is selected on the clipboard, after a handler of the application's own. */
export function useCopyAsMarkdown(
  live: LiveDocument,
  onCopy: ClipboardEventHandler<HTMLDivElement> | undefined,
): (event: ClipboardEvent<HTMLDivElement>) => void {
  const latest = useRef({ live, onCopy })
  useInsertionEffect(() => {
    latest.current = { live, onCopy }
  })
  return useCallback((event) => {
    latest.current.onCopy?.(event)
    if (event.defaultPrevented) return
    const { text, stream } = latest.current.live
    const source = selectionSource(event.currentTarget, { text, root: stream.root })
    if (source === undefined) return
    event.clipboardData.setData('text/plain', source)
    event.preventDefault()
  }, [])
}
