import type { FilePart } from '../message.ts'
import { encodeBase64 } from './encode-base64.ts'
import { isAccepted, mediaTypeOf } from './media-types.ts'

/** What a person attaches: a file of their own, bytes, an address, or a part that is there already. */
export type FileSource = File | Blob | URL | FilePart

export interface ReadFilePartsOptions {
  /** Most bytes each file may have, where its bytes go along. Default 20,000,000. */
  readonly maxBytes?: number
  /** What is taken, as in `<input accept>`: `'image/*,.pdf'`. Default: everything. */
  readonly accept?: string
  readonly signal?: AbortSignal
}

/**
 * Reads files into parts of a message, in their order. Their bytes go along as base64; addresses stay addresses, but for
 * those that only this page can read (`blob:`). A type that is missing is told by the end of the name.
 * @throws {TypeError} for a file that is empty or too large, or of a type that is unknown or not accepted, before any is
 * read: with its name and what to do. Rejects with the signal's reason once that is aborted, and with what reading fails with.
 */
export async function readFileParts(
  files: Iterable<FileSource>,
  { maxBytes = 20_000_000, accept, signal }: ReadFilePartsOptions = {},
): Promise<FilePart[]> {
  signal?.throwIfAborted()
  const found = await Promise.all([...files].map((file) => find(file, signal)))
  for (const file of found) assertFits(file, maxBytes, accept)
  return Promise.all(found.map((file) => file.read(signal)))
}

interface FoundFile {
  readonly mediaType: string | undefined
  readonly name: string | undefined
  /** Undefined where the bytes are somewhere else. */
  readonly size: number | undefined
  read(signal: AbortSignal | undefined): Promise<FilePart>
}

async function find(source: FileSource, signal: AbortSignal | undefined): Promise<FoundFile> {
  // Asked for what they have, not for what they are instances of: a frame has classes of its own.
  if ('mediaType' in source) return { ...source, ...sizeAndName(source), read: async () => source }
  if ('size' in source) return findBlob(source)
  if (source.protocol !== 'blob:') return findAddress(source)
  return findBlob(await (await fetch(source, { signal: signal ?? null })).blob())
}

function sizeAndName({ data, url = '', name }: FilePart): Pick<FoundFile, 'size' | 'name'> {
  const base64 = data ?? (url.startsWith('data:') ? url.slice(url.indexOf(',') + 1) : undefined)
  return { name, size: base64 === undefined ? undefined : Math.floor((base64.length * 3) / 4) }
}

function findBlob(blob: File | Blob): FoundFile {
  const name = 'name' in blob ? blob.name : undefined
  const mediaType = typeOf(blob.type.split(';', 1)[0] ?? '', name)
  return {
    mediaType,
    name,
    size: blob.size,
    read: async (signal) =>
      withName({ type: 'file', mediaType: mediaType ?? '', data: await encodeBase64(blob, signal) }, name),
  }
}

function findAddress({ href, pathname, protocol }: URL): FoundFile {
  const isData = protocol === 'data:'
  const name = isData ? undefined : decoded(pathname.slice(pathname.lastIndexOf('/') + 1)) || undefined
  const mediaType = isData ? /^data:([^;,]+)/.exec(href)?.[1] : mediaTypeOf(name ?? '')
  const part = withName({ type: 'file', mediaType: mediaType ?? '', url: href }, name)
  return { mediaType, ...sizeAndName(part), read: async () => part }
}

/** A percent sign may be meant as one. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function withName(part: FilePart, name: string | undefined): FilePart {
  return name ? { ...part, name } : part
}

/** What the system says, unless it says nothing, or takes TypeScript for a film (`video/mp2t`). */
function typeOf(told: string, name = ''): string | undefined {
  const byName = mediaTypeOf(name)
  if (!told || told === 'application/octet-stream') return byName ?? (told || undefined)
  return told.startsWith('video/') && byName?.startsWith('text/') ? byName : told
}

function assertFits({ name, mediaType, size }: FoundFile, maxBytes: number, accept: string | undefined): void {
  const title = name ? `"${name}"` : 'A file'
  if (size === 0) throw new TypeError(`${title} is empty. Leave it out, or choose another.`)
  if (size && size > maxBytes)
    throw new TypeError(
      `${title} has ${inUnits(size)} of at most ${inUnits(maxBytes)}. Choose a smaller one, or raise maxBytes.`,
    )
  if (!mediaType)
    throw new TypeError(
      `${title} does not say of what type it is. Give its name an ending, or pass a part with a mediaType.`,
    )
  if (accept !== undefined && !isAccepted(accept, mediaType, name))
    throw new TypeError(`${title} is of type ${mediaType}; accepted are ${accept}. Convert it, or choose another.`)
}

function inUnits(bytes: number): string {
  const [unit, size] = bytes < 1000 ? ['bytes', 1] : bytes < 1_000_000 ? ['kB', 1000] : ['MB', 1_000_000]
  return `${(bytes / size).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`
}
