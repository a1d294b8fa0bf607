import type { Message } from '@millrace/core'
import { sampleLength } from './language-of.ts'

/** What changes with every token, and is not shown before the end. */
const ofEveryToken: ReadonlySet<string> = new Set(['parts', 'content', 'timing'] satisfies (keyof Message)[])

/** Whether nothing has happened to a message but that the text at its end has grown, which `TextFeed` tells of. */
export function growsOnly(before: Message, after: Message): boolean {
  const [last, next] = [before.parts.at(-1), after.parts.at(-1)]
  if (last?.type !== 'text' || next?.type !== 'text' || before.parts.length !== after.parts.length) return false
  if (last.state !== 'streaming' || next.state !== 'streaming') return false
  // A text that is shorter may still turn out to be in another language, which a screen reader has to know at once.
  if (last.text.length < sampleLength) return false
  const isSamePart = (index: number) => before.parts[index] === after.parts[index]
  for (let index = 0; index < before.parts.length - 1; index++) if (!isSamePart(index)) return false
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every(
    (name) => ofEveryToken.has(name) || before[name as keyof Message] === after[name as keyof Message],
  )
}
