import type { FilePart } from '../message.ts'

/** A file as an address: its own, or one that holds its bytes. */
export function urlOf({ mediaType, url, data }: FilePart): string {
  return url ?? `data:${mediaType};base64,${data}`
}

/** The bytes of a file as base64; undefined where they are somewhere else. */
export function bytesOf({ data, url }: FilePart): string | undefined {
  return data ?? (url?.startsWith('data:') ? url.split(';base64,')[1] : undefined)
}

/** Whether files of that type read as text. */
export function isText(mediaType: string): boolean {
  return /^text|json$|xml$|yaml$|script$/.test(mediaType)
}

/** The text in a text file. */
export function decodeText(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
}

/** A text file among other texts, where the format has no place for it. */
export function quote(file: FilePart, base64: string): string {
  return `${file.name ?? 'File'}:\n\n${decodeText(base64)}`
}

/** @throws {TypeError} that says which file a format has no place for. */
export function refuseFile({ mediaType, url, name }: FilePart, format: string): never {
  throw new TypeError(`${format} takes no ${mediaType}: ${name ?? url}`)
}
