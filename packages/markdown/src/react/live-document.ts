import { createMarkdownStream, type MarkdownOptions, type MarkdownStream } from '../parser/markdown-stream.ts'

/** A text on its way, and the tree it has become so far. The stream in it is changed in place. */
export interface LiveDocument {
  readonly stream: MarkdownStream
  readonly options: MarkdownOptions
  /** What the stream was given. */
  readonly text: string
  readonly isDone: boolean
  /** How much of the text was compared with what came later, from its start. */
  readonly compared: number
}

export function startDocument(text: string, isDone: boolean, options: MarkdownOptions): LiveDocument {
  const stream = createMarkdownStream(options)
  advance(stream, text, isDone)
  return { stream, options, text, isDone, compared: text.length }
}

/** Goes on with a text that has grown; begins anew with any other, or where it is to be read in another way. */
export function continueDocument(
  live: LiveDocument,
  text: string,
  isDone: boolean,
  options: MarkdownOptions,
): LiveDocument {
  if (live.options !== options || live.isDone || !isGrown(live, text, isDone))
    return startDocument(text, isDone, options)
  advance(live.stream, text.slice(live.text.length), isDone)
  const compared = isDone || isComparedWhole(live, text) ? text.length : live.compared
  return { ...live, text, isDone, compared }
}

function advance(stream: MarkdownStream, added: string, isDone: boolean): void {
  stream.push(added)
  if (isDone) stream.end()
  else stream.flush()
}

// Up to here comparing all of it costs a microsecond or two.
const shortLength = 32_768
const growthBetweenComparisons = 1.1
const seamLength = 1_024

/**
 * Whether `text` begins with what was given before. A long text is not compared as a whole at every token, which would
 * be quadratic: then only what lies just before the new end, and all of it whenever it has grown by a tenth, and last.
 */
function isGrown(live: LiveDocument, text: string, isDone: boolean): boolean {
  const known = live.text
  if (text.length < known.length) return false
  if (isDone || isComparedWhole(live, text)) return text.startsWith(known)
  const seam = known.length - seamLength
  return text.startsWith(known.slice(seam), seam) && text.startsWith(known.slice(0, seamLength))
}

function isComparedWhole({ compared }: LiveDocument, text: string): boolean {
  return text.length < shortLength || text.length > compared * growthBetweenComparisons
}
