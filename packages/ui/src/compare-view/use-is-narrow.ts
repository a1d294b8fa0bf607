'use client'

import { type RefObject, useEffect, useState } from 'react'

// As wide as two columns that are good to read.
const narrowBelow = 640

/** Whether the chat around an element has no room for two columns. */
export function useIsNarrow(ref: RefObject<HTMLElement | null>): boolean {
  const [isNarrow, setIsNarrow] = useState(false)
  useEffect(() => {
    const chat = ref.current?.closest('.millrace') ?? ref.current
    if (!chat || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setIsNarrow(chat.clientWidth < narrowBelow))
    observer.observe(chat)
    return () => observer.disconnect()
  }, [ref])
  return isNarrow
}
