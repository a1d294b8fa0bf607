'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'

/**
 * Files that are pasted into a field, or dropped anywhere in the chat around it.
 * @returns whether some are held over the chat.
 */
export function useIncomingFiles(
  areaRef: RefObject<HTMLTextAreaElement | null>,
  onFiles: (files: readonly File[]) => void,
): boolean {
  const [isDropping, setIsDropping] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })

  useEffect(() => {
    const area = areaRef.current
    const chat = area?.closest<HTMLElement>('.millrace') ?? area
    if (!area || !chat) return
    const listening = new AbortController()
    const { signal } = listening

    const paste = (event: ClipboardEvent) => {
      const { clipboardData: data } = event
      // Office programs put a picture of the text beside the text.
      if (!data || data.files.length === 0 || data.types.includes('text/plain')) return
      event.preventDefault()
      latest.current([...data.files])
    }
    const hold = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsDropping(true)
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && chat.contains(relatedTarget))) setIsDropping(false)
    }
    const drop = (event: DragEvent) => {
      setIsDropping(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    area.addEventListener('paste', paste, { signal })
    chat.addEventListener('dragenter', hold, { signal })
    chat.addEventListener('dragover', hold, { signal })
    chat.addEventListener('dragleave', leave, { signal })
    chat.addEventListener('drop', drop, { signal })
    return () => listening.abort()
  }, [areaRef])

  return isDropping
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false
