import { characterBefore, isAsciiPunctuation, normalizeLabel, trimEnd } from '../characters.ts'
import { scanEntity } from '../entities.ts'
import { findReferences } from '../footnotes.ts'
import type { FootnoteReference, InlineNode } from '../nodes.ts'
import { findUrl, linkAddresses, scanUrl } from './bare-urls.ts'
import { type Bracket, deactivateLinks, isActive } from './brackets.ts'
import { createCodeScanner, endOfBackticks } from './code-span.ts'
import { createDelimiterStack, readDelimiterRun } from './delimiters.ts'
import type { InlineEnvironment } from './environment.ts'
import { healBracket, healOpeners, maxHealedLength, withholdBracket } from './healing.ts'
import type { InlineTask, ParsedSegment } from './inline-task.ts'
import { createImage, createLink } from './link-node.ts'
import { type LinkDefinition, scanLabel, scanLinkTail } from './links.ts'
import { append, createList, remove, toNodes, wrapBetween } from './pieces.ts'
import { createHtmlScanner, scanAutolink } from './raw-html.ts'
import { scan } from './scan.ts'

// A long paragraph is cut into segments of at least that many characters, so that its growing costs linear time.
const minSegmentLength = 512

// Chinese and Japanese sentences have no spaces to cut at, but they have their punctuation.
const wordStart = /[ \n。！？；，、](?=[^ \n\t])/

const unfinishedTagLength = 200

const footnoteLabel = /\[\^([^\s[\]]+)\]/y

/**
 * Reads the text of one block, or the part of it after the segments that are settled. Returns it in segments: all but the
 * last end where nothing that follows can reach back.
 */
export function parseInline(
  { text, before, purpose }: InlineTask,
  environment: InlineEnvironment,
): readonly ParsedSegment[] {
  const { gfm } = environment
  const isFinal = purpose === 'final'
  const heals = purpose === 'display'
  const segments: ParsedSegment[] = []
  const scanHtml = createHtmlScanner(text)
  const unfinishedTarget = { url: '', title: undefined, end: text.length }
  const codeScanner = createCodeScanner(text, purpose === 'settle')
  let list = createList()
  const delimiters = createDelimiterStack()
  const brackets: Bracket[] = []
  let missing: string[] = []
  let position = 0
  let segmentStart = 0
  let runEnd = 0
  let nextUrl = gfm ? findUrl(text, 0) : Number.POSITIVE_INFINITY
  // Whether something looked past the end of the text: then more text may change what it was taken for.
  let isOpenEnded = false

  function addText(value: string): void {
    append(list, { text: value })
    position += value.length
  }

  function addLiteral(value: string, end: number): void {
    append(list, { text: value, isLiteral: true })
    position = end
  }

  function addNode(node: InlineNode, end: number): void {
    append(list, { node })
    position = end
  }

  /** Something starts here whose end may still come. Until it is decided, it is not shown. */
  function withhold(): boolean {
    if (isFinal) return false
    isOpenEnded = true
    if (heals) position = text.length
    return heals
  }

  function readLineEnd(): void {
    const last = list.previous
    const trimmed = last.isLiteral || last === list ? last.text : trimEnd(last.text, ' ')
    const hard = last.text.length - trimmed.length >= 2
    last.text = trimmed
    addNode({ type: 'break', hard }, position + 1)
    while (text[position] === ' ' || text[position] === '\t') position++
  }

  function readBackslash(): void {
    const next = text[position + 1]
    if (next === '\n') addNode({ type: 'break', hard: true }, position + 2)
    else if (next !== undefined && isAsciiPunctuation(next)) addLiteral(next, position + 2)
    else if (next !== undefined || !withhold()) addText('\\')
  }

  function readBackticks(): void {
    const code = codeScanner.scan(position)
    if (code) return addNode({ type: 'code', value: code.value }, code.end)
    if (!isFinal) isOpenEnded = true
    if (!heals) return addText(text.slice(position, endOfBackticks(text, position)))
    const value = codeScanner.scanUnclosed(position)
    if (value) addNode({ type: 'code', value }, text.length)
    position = text.length
  }

  function readDelimiters(): void {
    const run = readDelimiterRun(text, position, before, environment.cjkEmphasis)
    if (position + run.length >= text.length && withhold()) return
    addText(run.character.repeat(run.length))
    if (run.character !== '~' || run.length <= 2) delimiters.push(list.previous, run)
  }

  function readExclamation(): void {
    if (text[position + 1] === '[' && !findFootnote(position + 1)) openBracket('![')
    else if (position + 1 < text.length || !withhold()) addText('!')
  }

  function openBracket(mark: '[' | '!['): void {
    const delimiter = delimiters.top
    addText(mark)
    brackets.push({ piece: list.previous, isImage: mark === '![', start: position, delimiter, opensLink: true })
  }

  function readOpeningBracket(): void {
    const footnote = findFootnote(position)
    if (footnote) addNode(footnote.node, footnote.end)
    else openBracket('[')
  }

  function findFootnote(at: number): { node: FootnoteReference; end: number } | undefined {
    const found = gfm && scan(footnoteLabel, text, at)
    if (!found) return
    const label = normalizeLabel(found.value)
    const definition = environment.footnotes.get(label)
    if (definition) return { node: { type: 'footnote-reference', definition }, end: found.end }
    missing.push(`^${label}`)
    return
  }

  function readClosingBracket(): void {
    const opener = brackets.pop()
    const target = opener && isActive(opener) ? findTarget(opener, position + 1) : undefined
    if (!opener || !target) return addText(']')
    if (opener.isImage && target === unfinishedTarget) return withholdBracket(opener, list, delimiters)
    delimiters.closeAbove(opener.delimiter)
    const create = opener.isImage ? createImage : createLink
    if (!wrapBetween(opener.piece, list, (children) => create(target, children))) {
      // Nor could any bracket before it.
      brackets.length = 0
      return addText(']')
    }
    position = target.end
    remove(opener.piece)
    if (!opener.isImage) deactivateLinks(brackets)
  }

  /** What the text in brackets leads to, given by what follows their end. */
  function findTarget(opener: Bracket, end: number): (LinkDefinition & { end: number }) | undefined {
    const tail = scanLinkTail(text, end)
    if (tail && tail.end <= text.length) return tail
    if (tail && withhold()) return unfinishedTarget
    const label = scanLabel(text, end)
    const isCut = end >= text.length || (text[end] === '[' && !label && text.length - end < 1000)
    if (isCut && !isFinal) isOpenEnded = true
    const found = findDefinition(opener, end, label)
    return found ?? (isCut && mayBecomeLink(opener) && withhold() ? unfinishedTarget : undefined)
  }

  /** What is open too long, is the label of another or that of a footnote is not expected to. */
  function mayBecomeLink({ start }: Bracket): boolean {
    return heals && text.length - start < maxHealedLength && text[start] !== '^' && text[start - 2] !== ']'
  }

  function findDefinition(
    { start }: Bracket,
    end: number,
    following: ReturnType<typeof scanLabel>,
  ): (LinkDefinition & { end: number }) | undefined {
    const own = scanLabel(text, start - 1)
    const key = normalizeLabel(following?.value.trim() || (own?.end === end ? own.value : ''))
    if (!key) return
    const definition = environment.links.get(key)
    if (!definition) missing.push(key)
    return definition && { ...definition, end: following?.end ?? end }
  }

  function readLessThan(): void {
    const link = scanAutolink(text, position)
    if (link) return addNode(link.node, link.end)
    const end = scanHtml(position)
    if (end !== undefined) return addNode({ type: 'html', value: text.slice(position, end) }, end)
    const next = text[position + 1]
    if (!isFinal && (next === undefined || /[A-Za-z/!?]/.test(next))) {
      isOpenEnded = true
      const isShort = text.length - position < unfinishedTagLength
      if (isShort && !/[\n<]/.test(text.slice(position + 1)) && withhold()) return
    }
    addText('<')
  }

  function readAmpersand(): void {
    const entity = scanEntity(text, position)
    if (typeof entity === 'object') addLiteral(entity.value, entity.end)
    else if (!entity || !withhold()) addText('&')
  }

  function readUrl(): boolean {
    const previous = position === 0 ? before : characterBefore(text, position)
    const found = scanUrl(text, position, previous, brackets.length > 0)
    nextUrl = findUrl(text, found?.end ?? position + 1)
    if (!found) return false
    if (found.seen >= text.length && !isFinal) isOpenEnded = true
    addNode(found.node, found.end)
    return true
  }

  function readText(): void {
    if (nextUrl < position) nextUrl = findUrl(text, position)
    if (nextUrl === position && readUrl()) return
    const { run } = environment
    // Once for all of it, also where addresses part it.
    if (runEnd <= position) {
      run.lastIndex = position
      runEnd = run.test(text) ? run.lastIndex : position + 1
    }
    const end = Math.min(runEnd, nextUrl)
    addText(text.slice(position, findCut(end)))
  }

  /** The first place before `end` where the text may be cut. */
  function findCut(end: number): number {
    if (heals || end - segmentStart <= minSegmentLength || !isStable()) return end
    const from = Math.max(position, segmentStart + minSegmentLength - 1)
    const found = text.slice(from, end + 1).search(wordStart)
    return found < 0 ? end : from + found + 1
  }

  /**
   * Whether nothing that follows can reach back before this place. Judged by what is before it alone, so that a text is
   * cut at the same places however it arrives.
   */
  function isStable(): boolean {
    if (isOpenEnded || brackets.length > 0) return false
    delimiters.closeSoFar()
    return !delimiters.top
  }

  function cut(): void {
    if (heals || position - segmentStart < minSegmentLength) return
    if (!wordStart.test(text.slice(position - 1, position + 1)) || !isStable()) return
    segments.push(takeSegment())
    list = createList()
    missing = []
    segmentStart = position
  }

  function takeSegment(): ParsedSegment {
    const nodes = toNodes(list, list)
    return { nodes: gfm ? linkAddresses(nodes) : nodes, end: position, missing, footnotes: findReferences(nodes) }
  }

  function readExtension(): boolean {
    const extension = environment.inlineRules.get(text.charAt(position))
    const found = extension?.rule.parse(text, position)
    if (found === 'unfinished' && !isFinal) isOpenEnded = true
    if (!extension || !found || found === 'unfinished' || found.end <= position) return false
    addNode({ type: 'extension', name: extension.name, value: found.value }, found.end)
    return true
  }

  const readers: Readonly<Record<string, () => void>> = {
    '\n': readLineEnd,
    '\\': readBackslash,
    '`': readBackticks,
    '*': readDelimiters,
    _: readDelimiters,
    '~': gfm ? readDelimiters : readText,
    '!': readExclamation,
    '[': readOpeningBracket,
    ']': readClosingBracket,
    '<': readLessThan,
    '&': readAmpersand,
  }
  while (position < text.length) {
    cut()
    if (environment.inlineRules.size > 0 && readExtension()) continue
    const read = readers[text.charAt(position)] ?? readText
    read()
  }
  const top = brackets.at(-1)
  if (heals && top && isActive(top)) healBracket(top, list, delimiters, text)
  delimiters.closeSoFar()
  if (heals) healOpeners(list, delimiters)
  const last = list.previous
  if (!last.isLiteral && purpose !== 'settle') last.text = trimEnd(last.text)
  return [...segments, takeSegment()]
}
