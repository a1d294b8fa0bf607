import type { StartRules } from './blocks/start-rules.ts'
import type { Line } from './line.ts'

// What can be said of a line whose end has not come.

/** Text in front of which nothing but plain text makes sense: no block starts like that, whatever follows. */
const settledStarts =
  /^(?:[*_]{1,3}[^\s*_-]|`{1,2}[^`]|\d+[^\d.)]|\d{10}|~{1,2}[^~]|\[[^^\]]{2}|\[[^^\]]\][^ \t]|\[[ xX]\][ \t]+\S)/

/** Whether a line of a paragraph is one whatever follows, so that the rest of it may simply be appended. */
export function isSettledText({ first, content }: Line, { byCharacter, lateCharacters }: StartRules): boolean {
  if (first === undefined) return false
  if (!byCharacter.has(first)) return true
  return !lateCharacters.includes(first) && settledStarts.test(content)
}

// Markers of quotes and lists, then what could still become anything: a heading, a fence, a tag, a definition, a task.
const undecided =
  /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:#{1,6}|[-+*_=~`$\\:]+|\d{1,9}[.)]?|<[^>]*|!?\[[^\]]*\]?:?)?[ \t]*$/
const maxUndecidedLength = 300

/** Whether what has come of a line could still become anything. It is not shown before that is decided. */
export function isUndecided(line: string, isInTable: boolean): boolean {
  if (line.length > maxUndecidedLength) return false
  return undecided.test(line) || (!isInTable && /^[ \t>]*\|/.test(line))
}
