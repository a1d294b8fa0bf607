/**
 * Decides which images are fetched without asking. The URL of an image can carry a secret out of a conversation, and
 * fetching it is all it takes.
 * @param url As the URL policy left it.
 */
export type AllowImage = (url: string) => boolean

// Where the page's own origin is not known, a relative URL is the only one that is certainly of it.
const unknownPage = 'https://page.invalid/'

/**
 * The images of the page's own origin, and `data:`.
 * @param page URL of the page; `undefined` while it is not known, as on a server.
 */
export function isOwnImage(url: string, page: string | undefined): boolean {
  if (url.startsWith('data:')) return true
  const base = page ?? unknownPage
  if (!URL.canParse(url, base)) return false
  const { origin } = new URL(url, base)
  return origin === new URL(base).origin && origin !== 'null'
}
