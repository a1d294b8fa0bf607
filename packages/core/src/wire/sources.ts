import type { Chunk } from '../chunk.ts'
import { asText, defined, type JsonObject } from '../json.ts'

/** Emits each address once as a source: a model cites one as often as it leans on it. */
export function createSourceReader(emit: (chunk: Chunk) => void): (source: JsonObject) => void {
  const seen = new Set<string>()
  return (source) => {
    const url = asText(source.url)
    if (!url || seen.has(url)) return
    seen.add(url)
    emit(defined({ type: 'source', url, title: asText(source.title) }))
  }
}
