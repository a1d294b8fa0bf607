import { characterBefore, isAsciiPunctuation, normalizeLabel, trimEnd } from '../characters.ts'
import { decodeEntity } from '../entities.ts'
import { findReferences } from '../footnotes.ts'
import type { FootnoteReference, InlineNode } from '../nodes.ts'
import { findUrl, linkAddresses, scanUrl } from './bare-urls.ts'
import { type Bracket, createBracketStack } from './brackets.ts'
import { createDelimiterStack, readDelimiterRun } from './delimiters.ts'
import type { InlineEnvironment } from './environment.ts'
import { healBracket, healOpeners, maxHealedLength } from './healing.ts'
import { inlineText } from './inline-text.ts'
import { type LinkDefinition, scanLabel, scanLinkTail } from './links.ts'
import { append, createList, remove, toNodes, wrapBetween } from './pieces.ts'
import { createHtmlScanner, scanAutolink } from './raw-html.ts'

export interface InlineTask {
  readonly text: string
  /** The character before the text, `''` at the start of its block. */
  readonly before: string
  /**
   * - `final`: no more text follows.
   * - `settle`: more may follow; wanted are the segments that it cannot change.
   * - `display`: more may follow; until then the end is shown healed.
   */
  readonly purpose: 'final' | 'settle' | 'display'
}

export interface ParsedSegment {
  readonly nodes: readonly InlineNode[]
  /** Where it ends in the text. */
  readonly end: number
  /** Labels that were looked up in vain, `^` in front of those of footnotes. */
  readonly missing: readonly string[]
  readonly footnotes: readonly FootnoteReference[]
}

// A long paragraph is cut into segments of at least that many characters, so that its growing costs linear time.
const minSegmentLength = 512

// Chinese and Japanese sentences have no spaces to cut at, but they have their punctuation.
const wordStart = /[ \n。！？；，、](?=[^ \n\t])/

const entityPattern = /&(?:#[xX][\da-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z\d]{1,31});/y
const unfinishedEntity = /^&#?\w{0,31}$/
const footnotePattern = /\[\^([^\s[\]]+)\]/y
const unfinishedTagLength = 200

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
  const unclosedBackticks = new Set<number>()
  let list = createList()
  let delimiters = createDelimiterStack()
  let brackets = createBracketStack()
  let missing: string[] = []
  let position = 0
  let segmentStart = 0
  let nextUrl = gfm ? findUrl(text, 0) : Number.POSITIVE_INFINITY
  // Whether something looked past the end of the text: then more text may change what it was taken for.
  let isOpenEnded = false

  function addText(value: string): void {
    append(list, { text: value })
    position += value.length
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
    else if (next !== undefined && isAsciiPunctuation(next)) {
      append(list, { text: next, isLiteral: true })
      position += 2
    } else if (next !== undefined || !withhold()) addText('\\')
  }

  function readBackticks(): void {
    const start = position + countRun('`', position)
    const length = start - position
    const close = unclosedBackticks.has(length) ? -1 : findBackticks(length, start)
    if (close >= 0) return addNode({ type: 'code', value: codeValue(text.slice(start, close)) }, close + length)
    unclosedBackticks.add(length)
    if (!isFinal) isOpenEnded = true
    if (!heals) return addText('`'.repeat(length))
    const value = text.slice(start).replace(/\n/g, ' ').replace(/`+$/, '')
    if (value) append(list, { node: { type: 'code', value } })
    position = text.length
  }

  function findBackticks(length: number, from: number): number {
    for (let at = text.indexOf('`', from); at >= 0; ) {
      const found = countRun('`', at)
      const mayGrow = purpose === 'settle' && at + found >= text.length
      if (found === length && !mayGrow) return at
      at = text.indexOf('`', at + found)
    }
    return -1
  }

  function countRun(character: string, from: number): number {
    let end = from
    while (text[end] === character) end++
    return end - from
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
    brackets.push({ piece: list.previous, isImage: mark === '![', start: position, delimiter })
  }

  function readOpeningBracket(): void {
    const footnote = findFootnote(position)
    if (footnote) addNode(footnote.node, footnote.end)
    else openBracket('[')
  }

  function findFootnote(at: number): { node: FootnoteReference; end: number } | undefined {
    if (!gfm || text[at + 1] !== '^') return
    footnotePattern.lastIndex = at
    const label = footnotePattern.exec(text)?.[1]
    if (label === undefined) return
    const definition = environment.footnote(normalizeLabel(label))
    if (definition) return { node: { type: 'footnote-reference', definition }, end: footnotePattern.lastIndex }
    missing.push(`^${normalizeLabel(label)}`)
    return
  }

  function readClosingBracket(): void {
    const opener = brackets.top
    brackets.pop()
    const target = opener && brackets.isActive(opener) ? findTarget(opener, position + 1) : undefined
    if (!opener || !target) return addText(']')
    position = target.end
    if (opener.isImage && target === unfinishedTarget) return healBracket(opener, list, delimiters, false)
    const { url, title } = target
    delimiters.closeAbove(opener.delimiter)
    wrapBetween(opener.piece, list, (children) =>
      opener.isImage
        ? { type: 'image', url, title, alt: children.map(inlineText).join('') }
        : { type: 'link', url, title, children: children.flatMap(withoutLinks) },
    )
    remove(opener.piece)
    if (!opener.isImage) brackets.deactivateLinks()
  }

  /** What the text in brackets leads to, given by what follows their end. */
  function findTarget(opener: Bracket, end: number): (LinkDefinition & { end: number }) | undefined {
    const tail = scanLinkTail(text, end)
    if (tail === 'unfinished' && withhold()) return unfinishedTarget
    if (tail && tail !== 'unfinished') return tail
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
    opener: Bracket,
    end: number,
    following: ReturnType<typeof scanLabel>,
  ): (LinkDefinition & { end: number }) | undefined {
    const own = opener.holdsBracket || end - opener.start > 1000 ? '' : text.slice(opener.start, end - 1)
    const label = following?.value.trim() ? following.value : own
    if (!label.trim()) return
    const key = normalizeLabel(label)
    const definition = environment.definition(key)
    if (!definition) missing.push(key)
    return definition && { ...definition, end: following?.end ?? end }
  }

  function readLessThan(): void {
    const link = scanAutolink(text, position)
    if (link) {
      const children: InlineNode[] = [{ type: 'text', value: link.text }]
      return addNode({ type: 'link', url: link.url, title: undefined, children }, link.end)
    }
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
    entityPattern.lastIndex = position
    const entity = entityPattern.exec(text)?.[0]
    const decoded = entity && decodeEntity(entity)
    if (decoded) {
      append(list, { text: decoded, isLiteral: true })
      position += entity.length
      return
    }
    const mayBeEntity = text.length - position < 34 && unfinishedEntity.test(text.slice(position))
    if (!mayBeEntity || !withhold()) addText('&')
  }

  function readUrl(): boolean {
    const previous = position === 0 ? before : characterBefore(text, position)
    const found = scanUrl(text, position, previous, brackets.top !== undefined)
    nextUrl = findUrl(text, found?.end ?? position + 1)
    if (!found) return false
    if (found.seen >= text.length && !isFinal) isOpenEnded = true
    const url = text[position]?.toLowerCase() === 'w' ? `http://${found.url}` : found.url
    addNode({ type: 'link', url, title: undefined, children: [{ type: 'text', value: found.url }] }, found.end)
    return true
  }

  function readText(): void {
    if (nextUrl < position) nextUrl = findUrl(text, position)
    if (nextUrl === position && readUrl()) return
    const { run } = environment
    run.lastIndex = position
    const runEnd = run.test(text) ? run.lastIndex : position + 1
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

  /** Whether nothing that follows can reach back before this place. Judged by what is before it alone: so the text is cut
   * at the same places however it arrives. */
  function isStable(): boolean {
    if (isOpenEnded || brackets.top) return false
    delimiters.closeSoFar()
    return !delimiters.top
  }

  function cut(): void {
    if (heals || position - segmentStart < minSegmentLength || !isWordStart(text, position) || !isStable()) return
    segments.push(takeSegment())
    list = createList()
    delimiters = createDelimiterStack()
    brackets = createBracketStack()
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

  function readNext(): void {
    switch (text[position]) {
      case '\n':
        return readLineEnd()
      case '\\':
        return readBackslash()
      case '`':
        return readBackticks()
      case '*':
      case '_':
        return readDelimiters()
      case '~':
        return gfm ? readDelimiters() : readText()
      case '!':
        return readExclamation()
      case '[':
        return readOpeningBracket()
      case ']':
        return readClosingBracket()
      case '<':
        return readLessThan()
      case '&':
        return readAmpersand()
      default:
        return readText()
    }
  }

  while (position < text.length) {
    cut()
    if (environment.inlineRules.size === 0 || !readExtension()) readNext()
  }
  const { top } = brackets
  if (heals && top && brackets.isActive(top) && text.length - top.start < maxHealedLength) {
    healBracket(top, list, delimiters, text[top.start] !== '^' && !top.isImage)
  }
  delimiters.closeSoFar()
  if (heals) healOpeners(list, delimiters)
  const last = list.previous
  if (!last.isLiteral && purpose !== 'settle') last.text = trimEnd(last.text)
  return [...segments, takeSegment()]
}

function isWordStart(text: string, at: number): boolean {
  return wordStart.test(text.slice(at - 1, at + 1))
}

/** A link holds no link: an address in its text that would be one by itself is text there. */
function withoutLinks(node: InlineNode): InlineNode | readonly InlineNode[] {
  if (node.type === 'link') return node.children
  return 'children' in node ? { ...node, children: node.children.flatMap(withoutLinks) } : node
}

function codeValue(source: string): string {
  const value = source.replace(/\n/g, ' ')
  const isPadded = value.startsWith(' ') && value.endsWith(' ') && /[^ ]/.test(value)
  return isPadded ? value.slice(1, -1) : value
}
