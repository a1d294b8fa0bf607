import type { Message, Part } from '@millrace/core'

/**
 * About how many tokens a text is, for want of a count by the provider. Measured against the vocabularies of OpenAI,
 * prose comes within a fifth: four ASCII characters a token, two accented Latin ones (so Vietnamese has three a token),
 * two and a half of most other alphabets, and a little more than one of Chinese, Japanese, Korean and emoji. JSON and
 * long numbers are more tokens than this says.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(weigh(text, 0))
}

/** Estimates what a reply says, thoughts and arguments of tools included. Reads only what came since the last time. */
export function createTokenEstimator(): (message: Message) => number {
  let id: string | undefined
  let seen: readonly Weighed[] = []
  return (message) => {
    const before = message.id === id ? seen : []
    id = message.id
    seen = message.parts.map((part, index) => weighed(part, before[index]))
    return Math.ceil(seen.reduce((sum, { tokens }) => sum + tokens, 0))
  }
}

interface Weighed {
  readonly part: Part
  readonly length: number
  readonly tokens: number
}

/** A part only ever grows; one that is shorter than before is another. */
function weighed(part: Part, before: Weighed | undefined): Weighed {
  if (before?.part === part) return before
  const text = writtenText(part)
  const isGrown = before?.part.type === part.type && before.length <= text.length
  const { length, tokens } = isGrown ? before : { length: 0, tokens: 0 }
  return { part, length: text.length, tokens: tokens + weigh(text, length) }
}

function writtenText(part: Part): string {
  if (part.type === 'tool-call') return part.argumentsText
  return 'text' in part ? part.text : ''
}

function weigh(text: string, start: number): number {
  let tokens = 0
  for (let index = start; index < text.length; index++) tokens += tokensOf(text.charCodeAt(index))
  return tokens
}

/** @param unit A UTF-16 code unit. */
function tokensOf(unit: number): number {
  if (unit < 0x80) return 0.25
  if (isAccent(unit)) return 0.5
  return unit < 0x2e80 ? 0.4 : 0.85
}

/** Latin letters with accents, or the accents alone, as text in the decomposed form has them. */
function isAccent(unit: number): boolean {
  return unit < 0x250 || (unit >= 0x300 && unit < 0x370) || (unit >= 0x1e00 && unit < 0x1f00)
}
