import { useState } from 'react'

/** The object of the render before, if the new one has the same entries. */
export function useSameIfEqual<T extends object>(value: T): T {
  const [kept, setKept] = useState(value)
  if (kept === value || isEqual(kept, value)) return kept
  setKept(value)
  return value
}

function isEqual<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[]
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && Object.is(a[key], b[key]))
  )
}
