import type { FilePart } from '../message.ts'

/** The bytes of a file as base64; undefined where they are somewhere else. */
export function bytesOf({ data, url }: FilePart): string | undefined {
  return data ?? url?.match(/^data:.*?;base64,(.*)/s)?.[1]
}

/** What a text file says, of whatever kind; undefined for other files, and for those that are somewhere else. */
export function contentOf(file: FilePart): string | undefined {
  const bytes = /^text|json$|xml$|yaml$|script$/.test(file.mediaType) ? bytesOf(file) : undefined
  return bytes && new TextDecoder().decode(Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0)))
}

/** A text file among other texts, where the format has no place for it. */
export function quoteOf(file: FilePart): string | undefined {
  const content = contentOf(file)
  return content && `${file.name ?? 'File'}:\n\n${content}`
}

/** @throws {TypeError} that says which file a format has no place for. */
export function refuseFile({ mediaType, url, name }: FilePart, format: string): never {
  throw new TypeError(`${format} takes no ${mediaType}: ${name ?? url}`)
}
