/** Of files whose system did not say what they are: the ones people attach. */
const byExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    heic: 'image/heic',
    svg: 'image/svg+xml',
    pdf: 'application/pdf',
    mp3: 'audio/mpeg',
    wav: 'audio/wav',
    m4a: 'audio/mp4',
    ogg: 'audio/ogg',
    flac: 'audio/flac',
    mp4: 'video/mp4',
    webm: 'video/webm',
    json: 'application/json',
    yaml: 'application/yaml',
    yml: 'application/yaml',
    xml: 'application/xml',
    csv: 'text/csv',
    html: 'text/html',
    css: 'text/css',
    md: 'text/markdown',
    markdown: 'text/markdown',
  }),
)

// Programs and notes, which all read as plain text.
const texts =
  /^(txt|log|ini|toml|env|sql|sh|[cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kt|swift|c|h|cc|cpp|hpp|cs|php|lua|r|tex|diff|patch)$/

/** By the end of a file's name; undefined where it says nothing known. */
export function mediaTypeOf(name: string): string | undefined {
  const [, extension = ''] = /\.([^./\\]+)$/.exec(name.toLowerCase()) ?? []
  return byExtension.get(extension) ?? (texts.test(extension) ? 'text/plain' : undefined)
}

/** Whether a list as in `<input accept>` has room for it: `image/*`, `text/csv` or `.csv`, parted by commas. */
export function isAccepted(accept: string, mediaType: string, name = ''): boolean {
  const wanted = accept.split(',').map((item) => item.trim().toLowerCase())
  return wanted.some((item) => {
    if (item.startsWith('.')) return name.toLowerCase().endsWith(item)
    return item === mediaType || item === '*/*' || (item.endsWith('/*') && mediaType.startsWith(item.slice(0, -1)))
  })
}
