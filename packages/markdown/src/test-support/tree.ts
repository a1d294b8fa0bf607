import { createMarkdownStream, type MarkdownDocument, type MarkdownOptions, type MarkdownStream } from '../index.ts'

/** The tree of a whole text. */
export function parse(text: string, options?: MarkdownOptions): MarkdownDocument {
  return streamed([text], options).root
}

/** The stream that has got these pieces, flushed after each if asked to, and their end. */
export function streamed(
  pieces: readonly string[],
  options?: MarkdownOptions,
  isFlushed: (index: number) => boolean = () => false,
): MarkdownStream {
  const stream = createMarkdownStream(options)
  pieces.forEach((piece, index) => {
    stream.push(piece)
    if (isFlushed(index)) stream.flush()
  })
  stream.end()
  return stream
}

const notCompared: ReadonlySet<string> = new Set(['parent', 'stamp', 'owner', 'lineRanges'])

/** Everything that a tree says, its places in the source and the pieces of its texts included. */
export function describeTree(root: unknown): string {
  return JSON.stringify(root, (key, value) => {
    if (key === 'definition') return [value.label, value.number]
    if (key === 'references') return value.length
    if (key === 'segments') return value.map(({ nodes }: { nodes: unknown }) => nodes)
    if (key === 'content' && value?.segments) {
      const { segments, healed, unparsed } = value
      return { segments, healed, unparsed }
    }
    return notCompared.has(key) ? undefined : value
  })
}
