'use client'

import type { RefObject } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'

export const optionId = (listId: string, index: number) => `${listId}-${index}`

/**
 * Makes a field the combobox of a list, as long as the list is open: without one it is the text area of several lines that
 * screen readers know. They are told by its attributes where the focus is, which the field keeps.
 */
export function useComboboxAttributes(
  areaRef: RefObject<HTMLTextAreaElement | null>,
  listId: string | undefined,
  activeId: string | undefined,
): void {
  useIsomorphicLayoutEffect(
    () =>
      listId === undefined
        ? undefined
        : setAttributes(areaRef.current, {
            role: 'combobox',
            'aria-haspopup': 'listbox',
            'aria-autocomplete': 'list',
            'aria-expanded': 'true',
            'aria-controls': listId,
          }),
    [areaRef, listId],
  )

  useIsomorphicLayoutEffect(
    () => (activeId === undefined ? undefined : setAttributes(areaRef.current, { 'aria-activedescendant': activeId })),
    [areaRef, activeId],
  )
}

/** @returns takes them away again. */
function setAttributes(element: Element | null, attributes: Readonly<Record<string, string>>): () => void {
  for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, value)
  return () => {
    for (const name of Object.keys(attributes)) element?.removeAttribute(name)
  }
}
