'use client'

import { type RefObject, useRef } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'

/**
 * Makes a text area as high as its text. The style sheet does that where the browser knows `field-sizing`; elsewhere it
 * is measured here. The style sheet sets the limits in both cases.
 */
export function useAutoSize(text: string): RefObject<HTMLTextAreaElement | null> {
  const ref = useRef<HTMLTextAreaElement>(null)
  useIsomorphicLayoutEffect(() => {
    const area = ref.current
    if (!area || globalThis.CSS?.supports?.('field-sizing', 'content')) return
    area.style.blockSize = 'auto'
    area.style.blockSize = `${area.scrollHeight}px`
  }, [text])
  return ref
}
