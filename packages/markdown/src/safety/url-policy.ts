/** What a URL is for. */
export type UrlKind = 'link' | 'image'

/**
 * Decides where links and images may lead.
 * @param url As it was written, escapes and entities resolved.
 * @returns The URL to use, or `undefined` for none: then the text is shown without it.
 */
export type UrlPolicy = (url: string, kind: UrlKind) => string | undefined

const linkSchemes = new Set(['http', 'https', 'mailto', 'tel'])
// An SVG is a document with scripts, not a picture: it is missing on purpose.
const imageData = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,/i

// What browsers skip or a reader does not see: C0, DEL, C1, no-break and other spaces, zero width, byte order mark.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed.
const invisible = /[\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+/g

const scheme = /^([a-z][a-z0-9+.-]*):/i
// A colon before any of / ? # could be the end of a scheme that is not spelt like one.
const strayColon = /^[^/?#]*:/

/**
 * Lets through `http`, `https`, `mailto`, `tel` and relative URLs; for images `data:` with a picture too, and neither
 * `mailto` nor `tel`. Looked at is what is left without invisible characters, and that is what is returned: spaces
 * inside are encoded, others dropped.
 */
export const defaultUrlPolicy: UrlPolicy = (url, kind) => {
  const bare = url.replace(invisible, '')
  const name = scheme.exec(bare)?.[1]?.toLowerCase()
  if (name === undefined) return strayColon.test(bare) ? undefined : cleaned(url)
  if (name === 'data') return kind === 'image' && imageData.test(bare) ? bare : undefined
  if (kind === 'image' && name !== 'http' && name !== 'https') return undefined
  return linkSchemes.has(name) ? cleaned(url) : undefined
}

const neverAllowed = /^(?:javascript|vbscript):/i

/**
 * What a policy says, but for what runs as a script: no policy can let that through. It is not asked of what leads nowhere,
 * as a link does that is still being written.
 */
export function applyUrlPolicy(policy: UrlPolicy, url: string, kind: UrlKind): string | undefined {
  const allowed = url && policy(url, kind)
  if (!allowed || neverAllowed.test(allowed.replace(invisible, ''))) return undefined
  return allowed
}

function cleaned(url: string): string {
  return url.trim().replace(invisible, (characters) => '%20'.repeat(characters.split(' ').length - 1))
}
