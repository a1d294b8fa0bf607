import { useState } from 'react'

/** The object of the render before, if the new one has the same entries. */
export function useSameIfEqual<T extends object>(value: T): T {
  const [kept, setKept] = useState(value)
  if (kept === value || isEqual(kept, value)) return kept
  setKept(value)
  return value
}

function isEqual(a: object, b: object): boolean {
  const entries = Object.entries(a)
  const others = new Map<string, unknown>(Object.entries(b))
  return entries.length === others.size && entries.every(([key, value]) => others.has(key) && others.get(key) === value)
}
