const longest = 60

/** What a file about that is called, without its ending: letters and digits of every script, joined by hyphens. */
export function fileNameOf(title: string | undefined): string {
  const words = title?.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return [...words.join('-')].slice(0, longest).join('').replace(/-$/, '') || 'chat'
}
