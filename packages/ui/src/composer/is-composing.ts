import type { KeyboardEvent } from 'react'

/**
 * Whether a key belongs to an input method, which uses Enter to accept what it offers. Safari ends the composition
 * before it tells of that key, so that only the key code 229 is left to know it by.
 * @see https://bugs.webkit.org/show_bug.cgi?id=165004
 */
export function isComposing({ nativeEvent }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === 229
}
