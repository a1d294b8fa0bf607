import type { ReactExtension } from '@millrace/markdown'

type InlineRule = NonNullable<ReactExtension['inline']>

const numbers = /\[\d{1,3}(?:[ \t]*,[ \t]*\d{1,3})*\](?!\()/y
const lenticular = /【\d{1,3}(?:†[^【】\n]{0,200})?】/y
// What is being written of them, at the end of the text.
const unfinishedNumbers = /\[\d[\d, \t]{0,30}$/y
const unfinishedLenticular = /【(?:\d{1,3}(?:†[^【】\n]{0,200})?)?$/y

// The text of a link is not longer, or it is none.
const longestLink = 300

/** `[1]` and `[1, 2]`, where they are neither the text of a link nor a part of it. */
export const numbersRule: InlineRule = {
  trigger: '[',
  parse(text, at) {
    const before = text.slice(Math.max(0, at - longestLink), at)
    if (before.lastIndexOf('[') > before.lastIndexOf(']')) return undefined
    return find(numbers, text, at) ?? find(unfinishedNumbers, text, at)
  },
}

/** `【1†source】`, which some models write. */
export const lenticularRule: InlineRule = {
  trigger: '【',
  parse: (text, at) => find(lenticular, text, at) ?? find(unfinishedLenticular, text, at),
}

function find(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  const [value] = pattern.exec(text) ?? []
  return value === undefined ? undefined : { end: at + value.length, value }
}

/** The sources that a citation names, from 1; `undefined` while it is being written. */
export function citedNumbers(citation: string): readonly number[] | undefined {
  if (!/[\]】]$/.test(citation)) return undefined
  // What follows the dagger may have digits of its own.
  const [named = ''] = citation.split('†')
  return named.match(/\d+/g)?.map(Number)
}
