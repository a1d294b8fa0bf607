'use client'

import { type RefObject, useCallback, useRef } from 'react'
import { activeElementOf } from '../controls/active-element-of.ts'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'

export interface RowFocus {
  /** Of whatever holds the focus. */
  readonly focusedId: () => string | undefined
  /** Where a step of that many rows, or an end of the list, leads from there; undefined where it leads nowhere. */
  readonly idAt: (step: number) => string | undefined
  readonly focusRow: (id: string | undefined) => void
  /** Once the list has been rendered with what has just been done to it. */
  readonly focusSoon: (id: string | undefined) => void
}

/** Moves the focus among the rows in an element. A row that is not there gives way to the first thing in it. */
export function useRowFocus(ref: RefObject<HTMLElement | null>): RowFocus {
  const awaited = useRef<{ readonly id: string | undefined }>(undefined)

  const focusRow = useCallback(
    (id: string | undefined) => {
      const row = rowsIn(ref).find((each) => each.dataset.thread === id)
      const target = (row ?? ref.current)?.querySelector<HTMLElement>('button, input')
      target?.focus()
    },
    [ref],
  )

  useIsomorphicLayoutEffect(() => {
    if (!awaited.current) return
    focusRow(awaited.current.id)
    awaited.current = undefined
  })

  const focusedId = useCallback(
    () => rowsIn(ref).find((row) => row.contains(activeElementOf(row)))?.dataset.thread,
    [ref],
  )
  const idAt = useCallback(
    (step: number) => {
      const ids = rowsIn(ref).map((row) => row.dataset.thread)
      const index = ids.indexOf(focusedId())
      return ids[Math.max(0, Math.min(ids.length - 1, index + step))]
    },
    [ref, focusedId],
  )
  const focusSoon = useCallback((id: string | undefined) => {
    awaited.current = { id }
  }, [])
  return { focusedId, idAt, focusRow, focusSoon }
}

const rowsIn = (ref: RefObject<HTMLElement | null>) => [
  ...(ref.current?.querySelectorAll<HTMLElement>('[data-thread]') ?? []),
]
