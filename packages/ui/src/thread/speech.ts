/** What is said of a block of code in place of reading it out. */
export type CodeWords = (language: string | undefined) => string

/** Markdown that grows, as sentences to be spoken. */
export interface Speech {
  /** The text so far, which has to begin as the last one did. @returns what is finished by now and was not returned before. */
  read(text: string, isDone: boolean): string[]
}

const fence = /^\s*(`{3,}|~{3,})\s*([^\s`]*)/
/** What begins a block of its own, and ends the one before. */
const blockStart = /^\s*(?:$|[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\||`{3}|~{3})/
const lineOfItsOwn = /^\s*(?:#{1,6}\s|\|)/
const sentenceEnd = /(?:[.!?…]+["'”’)\]*_]*(?=\s)|[。！？]+[」』”）]*)/g
/** After these a capital follows all the same: titles, in English and Vietnamese, and initials. */
const abbreviation = /(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|Prof|St|No|Fig|vs|e\.g|i\.e|TS|ThS|PGS|GS|BS|TP|tr|\p{L})\.$/u

/**
 * Finds the sentences of an answer as they are finished, each once, with its marks taken away. Blocks end sentences; code
 * is named, not read. What was returned is not looked at again.
 */
export function createSpeech(nameCode: CodeWords): Speech {
  let offset = 0
  let openFence: string | undefined

  function read(text: string, isDone: boolean): string[] {
    const said: string[] = []
    while (offset < text.length) {
      const end = text.indexOf('\n', offset)
      const isWhole = end >= 0 || isDone
      const line = text.slice(offset, end < 0 ? text.length : end)
      const next = end < 0 ? text.length : end + 1
      const mark = fence.exec(line)
      if (openFence !== undefined) {
        if (!isWhole) break
        if (mark?.[1]?.startsWith(openFence) && mark[2] === '') openFence = undefined
        offset = next
      } else if (mark || (!isWhole && /^\s*[`~]{0,3}$/.test(line))) {
        if (!mark || !isWhole) break
        openFence = mark[1]
        said.push(nameCode(mark[2] || undefined))
        offset = next
      } else if (!readBlock(text, isDone, said)) break
    }
    return said.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence)).map(withStop)
  }

  /** Up to where the paragraph, item or row ends, as far as it is there. @returns whether it is to be gone on after it. */
  function readBlock(text: string, isDone: boolean, said: string[]): boolean {
    const end = endOfBlock(text, offset)
    const block = text.slice(offset, end ?? text.length)
    const isWhole = end !== undefined || isDone
    let from = 0
    for (const { 0: stop, index } of block.matchAll(sentenceEnd)) {
      const to = index + stop.length
      const after = block.slice(to).trimStart()
      // What is not followed by anything may still go on: "3." by "5", "Dr." by a name.
      if (after === '' || !isBoundary(block.slice(from, to), after)) continue
      said.push(plain(block.slice(from, to)))
      from = to
    }
    if (isWhole) said.push(plain(block.slice(from)))
    offset = isWhole ? (end ?? text.length) : offset + from
    return isWhole
  }

  return { read }
}

/** Where the block that begins there ends; nothing while that cannot be told. */
function endOfBlock(text: string, start: number): number | undefined {
  let end = text.indexOf('\n', start)
  if (lineOfItsOwn.test(text.slice(start, end < 0 ? undefined : end))) return end < 0 ? undefined : end + 1
  while (end >= 0) {
    const nextEnd = text.indexOf('\n', end + 1)
    const following = text.slice(end + 1, nextEnd < 0 ? undefined : nextEnd)
    if (nextEnd < 0 && following.trim().length < 4) return
    if (blockStart.test(following)) return end + 1
    end = nextEnd
  }
  return
}

function isBoundary(sentence: string, after: string): boolean {
  if (!sentence.endsWith('.')) return true
  // The number of an item is no sentence, and what goes on in small letters was abbreviated.
  return !/^\s*\d+\.$/.test(sentence) && !abbreviation.test(sentence) && !/^\p{Ll}/u.test(after)
}

/** A voice pauses at a full stop, and so it does after items and headings. */
const withStop = (sentence: string) => (/[\p{L}\p{N})]$/u.test(sentence) ? `${sentence}.` : sentence)

/** Without the marks of Markdown, in one line. */
function plain(markdown: string): string {
  return markdown
    .replace(/^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ x]\]\s+)?)?/i, '')
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<[^>\s][^>]*>|\[\^[^\]]+\]/g, '')
    .replace(/(\*\*|__|~~|`+|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}]))/gu, '')
    .replace(/^\s*\||\|\s*$/g, '')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .trim()
}
