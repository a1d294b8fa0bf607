import { decodeNamedCharacterReference } from 'decode-named-character-reference'

// What models write most. It also serves where a page forbids the DOM's way (see below).
const common: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

const entity = /^&(?:#[xX]([\da-fA-F]{1,6})|#(\d{1,7})|([A-Za-z][A-Za-z\d]{1,31}));$/

/** The characters that an entity such as `&amp;` or `&#x1F600;` stands for, if it is one. */
export function decodeEntity(text: string): string | undefined {
  const [, hexadecimal, decimal, name] = entity.exec(text) ?? []
  if (hexadecimal) return fromCode(Number.parseInt(hexadecimal, 16))
  if (decimal) return fromCode(Number(decimal))
  if (!name) return
  return Object.hasOwn(common, name) ? common[name] : decodeName(name)
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
