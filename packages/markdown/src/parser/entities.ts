import { decodeNamedCharacterReference } from 'decode-named-character-reference'

// What models write most. It also serves where a page forbids the DOM's way (see below).
const common: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

const entity = /&(?:#[xX]([\da-fA-F]{1,6})|#(\d{1,7})|([A-Za-z][A-Za-z\d]{1,31}));/y
const unfinishedEntity = /^&#?\w{0,31}$/

/** The entity, such as `&amp;` or `&#x1F600;`, that starts there. `'unfinished'` where more text could make it one. */
export function scanEntity(text: string, at: number): { value: string; end: number } | 'unfinished' | undefined {
  entity.lastIndex = at
  const [, hexadecimal, decimal, name] = entity.exec(text) ?? []
  const end = entity.lastIndex
  if (hexadecimal) return { value: fromCode(Number.parseInt(hexadecimal, 16)), end }
  if (decimal) return { value: fromCode(Number(decimal)), end }
  const value = name && (Object.hasOwn(common, name) ? common[name] : decodeName(name))
  if (value) return { value, end }
  return text.length - at < 34 && unfinishedEntity.test(text.slice(at)) ? 'unfinished' : undefined
}

function fromCode(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
  return isCharacter ? String.fromCodePoint(code) : '\ufffd'
}

/** In browsers the DOM knows the 2,000 names, and the table stays out of the bundle. The name is letters and digits. */
function decodeName(name: string): string | undefined {
  try {
    return decodeNamedCharacterReference(name) || undefined
  } catch {
    // A page that enforces Trusted Types forbids that use of the DOM: the entity is shown as it was written.
    return
  }
}
