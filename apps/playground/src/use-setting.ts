import { useState } from 'react'

/** A choice that outlives the page. What was stored counts only if it is one there is. */
export function useSetting<Value extends string>(
  name: string,
  fallback: Value,
  isValue: (text: string) => text is Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => read(name, isValue) ?? fallback)
  function change(next: Value): void {
    setValue(next)
    try {
      localStorage.setItem(name, JSON.stringify(next))
    } catch {
      // A browser that stores nothing: the choice then lasts as long as the page.
    }
  }
  return [value, change]
}

function read<Value extends string>(name: string, isValue: (text: string) => text is Value): Value | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return typeof stored === 'string' && isValue(stored) ? stored : undefined
  } catch {
    return undefined
  }
}
