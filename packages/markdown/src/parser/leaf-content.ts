import { trimEnd } from './characters.ts'
import type { InlineEnvironment } from './inline/environment.ts'
import { parseInline } from './inline/inline-parser.ts'
import type { InlineTask, ParsedSegment } from './inline/inline-task.ts'
import { scanDefinition } from './inline/links.ts'
import type { Journal } from './journal.ts'
import type { FootnoteReference, InlineNode } from './nodes.ts'
import type { References } from './references.ts'
import type { Cell, TextBlock } from './writable-nodes.ts'

/** The text of a paragraph, heading or cell on its way from source to nodes. */
export interface LeafContent {
  /** Whose text it is. Undefined only until it has one. */
  owner: TextBlock | Cell | undefined
  segments: Segment[]
  healed: readonly InlineNode[] | undefined
  unparsed: string
  /** The source after the segments. */
  text: string
  /** Whether what is open at its end is shown closed. */
  heals: boolean
  /** How much of it is there for good: the rest belongs to the unfinished line. */
  committedLength: number
  /** How much of it `healed` shows, if it is so long that it is not parsed at every flush. */
  healedLength: number
  /** How long it was when no place was found to cut it; 0 if one was. */
  uncutLength: number
  healedFootnotes: readonly FootnoteReference[]
  /** Whether it left the tree. */
  isGone: boolean
  /** Counts up along the text. */
  readonly order: number
}

/** Source that is parsed for good, unless a label that it uses is defined later. */
export interface Segment {
  readonly nodes: readonly InlineNode[]
  readonly source: string
  readonly content: LeafContent
  readonly footnotes: readonly FootnoteReference[]
}

export interface LeafContents {
  /** How many characters inline parsing began with. */
  readonly inlineCharacters: number
  /** `heals` says whether what is open at its end is shown closed. */
  create(text: string, heals?: boolean): LeafContent
  /** Its block left the tree. */
  drop(content: LeafContent): void
  appendLine(content: LeafContent, line: string): void
  /** Text that continues the last line. */
  append(content: LeafContent, text: string): void
  replaceText(content: LeafContent, text: string): void
  /** Takes the definitions off the front. Returns how many lines they had. */
  takeDefinitions(content: LeafContent): number
  lastLine(content: LeafContent): string
  /** Takes back the last line, however much of it is settled. */
  takeLastLine(content: LeafContent): void
  /** Settles what no text that follows can change, if enough has come to be worth it. */
  settle(content: LeafContent): void
  /** Brings up to date what is shown of text that is not final. */
  display(content: LeafContent): void
  /** The text is complete. */
  finish(content: LeafContent): void
  /** Parses again what looked labels up in vain that are defined now. Returns whose text that is. */
  parseLateUsers(): readonly LeafContent[]
}

const minLengthToSettle = 1024
// What could not be settled is tried again only when it has grown by so much, and an unsettled end longer than that is
// shown parsed only then: that stays linear, however long one finds no place to cut it.
const backOffGrowth = 1.3
const backOffLength = 4096

const mayBeDefinition = /^\[(?:[^\\\]]|\\[\s\S]){0,999}(?:\]:|$)/

export function createLeafContents(
  environment: InlineEnvironment,
  references: References,
  journal: Journal,
  onFootnotes: (content: LeafContent) => void,
): LeafContents {
  let inlineCharacters = 0
  let count = 0

  function parse(
    content: LeafContent,
    text: string,
    purpose: InlineTask['purpose'],
    previous = content.segments.at(-1),
  ): readonly ParsedSegment[] {
    inlineCharacters += text.length
    return parseInline({ text, before: previous?.source.slice(-1) ?? '', purpose }, environment)
  }

  function create(text: string, heals = true): LeafContent {
    const content: LeafContent = {
      owner: undefined,
      segments: [],
      healed: [],
      unparsed: '',
      text,
      heals,
      committedLength: journal.isRecording ? 0 : text.length,
      healedLength: 0,
      uncutLength: 0,
      healedFootnotes: [],
      isGone: false,
      order: count++,
    }
    journal.record(() => drop(content))
    return content
  }

  function drop(content: LeafContent): void {
    journal.set(content, 'isGone', true)
    onFootnotes(content)
    journal.record(() => onFootnotes(content))
  }

  const appendLine = (content: LeafContent, line: string) =>
    append(content, content.text || content.segments.length > 0 ? `\n${line}` : line)

  function append(content: LeafContent, text: string): void {
    journal.set(content, 'text', content.text + text)
    if (!journal.isRecording) content.committedLength = content.text.length
  }

  function takeDefinitions(content: LeafContent): number {
    if (content.segments.length > 0) return 0
    let text = content.text
    for (let found = scanDefinition(text); found; found = scanDefinition(text)) {
      references.defineLink(found.label, found.definition)
      text = text.slice(found.end)
    }
    if (text === content.text) return 0
    const taken = content.text.slice(0, content.text.length - text.length)
    replaceText(content, text)
    return taken.split('\n').length - (text ? 1 : 0)
  }

  function takeLastLine(content: LeafContent): void {
    const [before] = splitLastLine(content)
    if (!content.text.includes('\n')) journal.set(content, 'segments', [])
    replaceText(content, before)
  }

  function replaceText(content: LeafContent, text: string): void {
    journal.set(content, 'text', text)
    journal.set(content, 'committedLength', Math.min(content.committedLength, text.length))
    journal.set(content, 'healedLength', 0)
  }

  function settle(content: LeafContent): void {
    const { text, segments, uncutLength } = content
    if (text.length < minLengthToSettle || text.length < uncutLength * backOffGrowth) return
    const isUndecided = segments.length === 0 && mayBeDefinition.test(text)
    const settled = isUndecided ? [] : parse(content, text, 'settle').slice(0, -1)
    content.uncutLength = settled.length === 0 ? text.length : 0
    keep(content, settled)
  }

  /** Adds segments of the text, which starts where those before ended. */
  function keep(content: LeafContent, parsed: readonly ParsedSegment[]): void {
    const last = parsed.at(-1)
    if (!last) return
    content.segments.push(...createSegments(content, content.text, parsed))
    content.text = content.text.slice(last.end)
    content.committedLength = content.text.length
    content.healedLength = 0
  }

  function createSegments(content: LeafContent, text: string, parsed: readonly ParsedSegment[]): Segment[] {
    let start = 0
    return parsed.map(({ nodes, end, missing, footnotes }) => {
      const segment = { nodes, source: text.slice(start, end), content, footnotes }
      references.missed(missing, segment)
      start = end
      return segment
    })
  }

  function display(content: LeafContent): void {
    const { text, committedLength, healedLength, heals } = content
    const isLong = committedLength > backOffLength
    if (isLong && committedLength < healedLength * backOffGrowth) {
      content.unparsed = text.slice(healedLength)
      return
    }
    const length = isLong ? committedLength : text.length
    const shown = trimEnd(withoutUndecidedLine(text.slice(0, length), content))
    const { nodes, footnotes } = joined(parse(content, shown, heals ? 'display' : 'final'))
    content.healed = nodes
    content.healedFootnotes = footnotes
    content.healedLength = isLong ? length : 0
    content.unparsed = text.slice(length)
    onFootnotes(content)
  }

  function finish(content: LeafContent): void {
    content.text = trimEnd(content.text)
    if (content.text) keep(content, parse(content, content.text, 'final'))
    content.text = ''
    content.healed = undefined
    content.unparsed = ''
    content.healedFootnotes = []
    onFootnotes(content)
  }

  function parseLateUsers(): readonly LeafContent[] {
    const changed = new Set<LeafContent>()
    for (const segment of references.takeLateUsers()) {
      const { content } = segment
      const index = content.isGone ? -1 : content.segments.indexOf(segment)
      if (index < 0) continue
      changed.add(content)
      parseAgain(content, index)
      onFootnotes(content)
    }
    return [...changed]
  }

  /** One segment alone: what comes of it must not depend on the order in which definitions come. */
  function parseAgain(content: LeafContent, index: number): void {
    const { segments } = content
    const { source = '' } = segments[index] ?? {}
    const isLast = index === segments.length - 1
    const parsed = parse(content, source, isLast ? 'final' : 'settle', segments[index - 1])
    segments.splice(index, 1, ...createSegments(content, source, [joined(parsed)]))
  }

  return {
    get inlineCharacters() {
      return inlineCharacters
    },
    create,
    drop,
    appendLine,
    append,
    replaceText,
    takeDefinitions,
    lastLine: (content) => splitLastLine(content)[1],
    takeLastLine,
    settle,
    display,
    finish,
    parseLateUsers,
  }
}

// A line that may turn out to be the head of a table or a definition is not shown before that is known.
const undecidedLine = /^(?:\||\[[^\]]+\]:)/

function withoutUndecidedLine(text: string, { owner, heals }: LeafContent): string {
  if (owner?.type !== 'paragraph' || !heals) return text
  const start = text.lastIndexOf('\n') + 1
  return undecidedLine.test(text.slice(start, start + 1000)) ? text.slice(0, start) : text
}

/** The text without its last line, and that. What is settled may reach into it. */
function splitLastLine({ text, segments }: LeafContent): readonly [before: string, line: string] {
  const whole = text.includes('\n') ? text : segments.map(({ source }) => source).join('') + text
  const at = whole.lastIndexOf('\n')
  return [whole.slice(0, Math.max(0, at)), whole.slice(at + 1)]
}

/** Segments as one. */
function joined(parsed: readonly ParsedSegment[]): ParsedSegment {
  const [only] = parsed
  if (only && parsed.length === 1) return only
  return {
    nodes: parsed.flatMap(({ nodes }) => nodes),
    end: parsed.at(-1)?.end ?? 0,
    missing: parsed.flatMap(({ missing }) => missing),
    footnotes: parsed.flatMap(({ footnotes }) => footnotes),
  }
}
