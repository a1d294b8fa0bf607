import type { Environment } from './context.ts'
import type { Output } from './output.ts'

export interface Style {
  dim(text: string): string
  red(text: string): string
}

/** Colours on a terminal that has them, for people who did not ask to go without: `NO_COLOR`, `--no-color`. */
export function styleFor({ isTerminal }: Output, env: Environment, wanted = true): Style {
  const isColoured = isTerminal && wanted && !env.NO_COLOR && env.TERM !== 'dumb'
  const paint = (on: number, off: number) => (text: string) => (isColoured ? `\x1b[${on}m${text}\x1b[${off}m` : text)
  return { dim: paint(2, 22), red: paint(31, 39) }
}

/**
 * What a terminal may be sent of a text that somebody else wrote. Control characters would let a reply move the cursor,
 * fill the clipboard or rename the window; a pipe or file gets the text as it came.
 */
export function printable(text: string, { isTerminal }: Output): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  return isTerminal ? text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '') : text
}
