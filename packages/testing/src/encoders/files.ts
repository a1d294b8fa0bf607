import type { ChunkOf } from './wire-encoder.ts'

/** The file as something to fetch or show: a data URL where its bytes are here. */
export function fileUrl({ url, data, mediaType }: ChunkOf<'file'>): string {
  return url ?? `data:${mediaType};base64,${data ?? ''}`
}

/** The bytes as base64; undefined where they are elsewhere. */
export function fileData({ url, data }: ChunkOf<'file'>): string | undefined {
  return data ?? /^data:[^,]*;base64,(.*)/s.exec(url ?? '')?.[1]
}
