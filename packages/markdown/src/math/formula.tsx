'use client'

import { type ReactNode, useMemo } from 'react'
import type { ExtensionProps } from '../react/settings.ts'
import { unwrapInline } from './rules.ts'
import { toElements } from './to-elements.ts'
import { useTemml } from './use-temml.ts'

// Nobody reads a longer one, and macros can make it longer still.
const longestFormula = 5_000

/** A formula as MathML; as it was written until that is there, while it is being written, and if it makes no sense. */
export function Formula({ node, text }: ExtensionProps): ReactNode {
  const temml = useTemml()
  const isOpen = node.type === 'extension-block' && node.open
  const { formula, isDisplay } = node.type === 'extension' ? unwrapInline(text) : { formula: text, isDisplay: true }
  const math = useMemo(
    () => (temml && !isOpen ? toMath(temml, formula, isDisplay) : undefined),
    [temml, isOpen, formula, isDisplay],
  )
  if (math) return isDisplay ? <span data-math="display">{math}</span> : <span data-math="inline">{math}</span>
  const source = <code data-math="source">{text}</code>
  return node.type === 'extension' ? source : <pre>{source}</pre>
}

type Temml = NonNullable<ReturnType<typeof useTemml>>

/** By way of a detached element, so that no HTML is ever written or read. */
function toMath(temml: Temml, formula: string, displayMode: boolean): ReactNode {
  if (formula.length > longestFormula) return undefined
  const target = document.createElement('span')
  try {
    temml.render(formula, target, { displayMode, throwOnError: true, trust: false, maxSize: [20, 200], maxExpand: 500 })
    return target.firstElementChild ? toElements(target.firstElementChild) : undefined
  } catch {
    return undefined
  }
}
