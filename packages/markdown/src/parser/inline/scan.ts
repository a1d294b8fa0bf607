/** What stands at some place of a text. */
export interface Scanned {
  readonly value: string
  readonly end: number
}

/** What a sticky pattern finds at a place: its first group, or all of it if it has none. */
export function scan(pattern: RegExp, text: string, at: number): Scanned | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found ? { value: found[1] ?? found[0], end: pattern.lastIndex } : undefined
}
