/** The URL, if a page may link to it: `http` and `https` only, so that nothing in an answer can run. */
export function safeLink(url: string | undefined): URL | undefined {
  if (!url || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed : undefined
}

/** What an `img` may load: the web, and image data. */
export function safeImage(url: string | undefined): string | undefined {
  if (url?.startsWith('data:image/') || url?.startsWith('blob:')) return url
  return safeLink(url)?.href
}
