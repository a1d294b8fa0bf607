/** Reads JSON while it is still being written. */
export interface PartialJson {
  /** Reads on. Never throws: text that is no JSON makes `malformed` true, and all that follows is ignored. */
  push(text: string): void
  /** No more text comes: brings `value` up to date, however large it is, and ignores what is pushed after. */
  end(): void
  /** What the text says so far; undefined while it says nothing. A snapshot: it never changes later. */
  readonly value: unknown
  /** Whether the text so far is JSON as it stands, which is whenever `JSON.parse` would take it. */
  readonly complete: boolean
  /** Whether no continuation can make it JSON. `value` keeps what was valid. */
  readonly malformed: boolean
}

export interface PartialJsonOptions {
  /** How deep arrays and objects may be nested; deeper counts as malformed. Default 512. */
  readonly maxDepth?: number
}

/** An array or object whose end has not come. */
interface Container {
  readonly members: unknown[] | Record<string, unknown>
  /** What it costs to copy the members, the open one included. */
  size: number
  /** In an object: the key whose value comes next or is open. */
  key: string
  /** What was last shown of it. */
  shown: unknown
}

type State = 'value' | 'key' | 'colon' | 'after-value' | 'string' | 'escape' | 'number' | 'literal' | 'malformed'
const tokens: ReadonlySet<State> = new Set(['string', 'escape', 'number', 'literal'])

// What copying costs, in elements of an array: measured.
const sizeOfKey = 16
const sizeOfContainer = 8
// Open containers this small are copied at every reading.
const freeSize = 1024
// Every character pays for copying that much of larger ones: this is what makes the whole cost linear in the text.
const creditPerCharacter = 32

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const numberRun = /[-+.\deE]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string of JSON may hold none
const textRun = /[^"\\\u0000-\u001f]*/y
const space = /[ \t\n\r]*/y
const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }
const escapes: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Reads unfinished JSON in time linear in the text, however it is cut and however often `value` is read: nothing is
 * read twice. What is shown of the unfinished end:
 * - an open string, array or object with what it holds so far. Half a surrogate pair waits for its other half;
 * - a number once something follows it, since `1` may become `12`; at the top level as soon as it is one, for there
 *   nothing has to follow. `true`, `false` and `null` once they are spelt out;
 * - a key once its value shows.
 *
 * Every value is a snapshot, and shares all that did not change with the one before: React may compare by identity.
 * A snapshot copies the arrays and objects that are open, but nothing inside them that is finished. Where those have
 * more than 1,024 elements or 64 keys, copying them at every reading would be quadratic: then a new snapshot waits
 * until enough text has come to pay for it, a character for 32 elements or 2 keys. So what stands in an open array of
 * 6,400 rows shows up to 200 characters late, and nothing is late once the text is complete, malformed or at its `end()`.
 *
 * `__proto__` and the like are keys as any other, set as own properties.
 */
export function parsePartialJson({ maxDepth = 512 }: PartialJsonOptions = {}): PartialJson {
  const open: Container[] = []
  let openSize = 0
  let root: unknown
  let state: State = 'value'
  /** The open string, literal or number as far as it came. */
  let token = ''
  let isKey = false
  /** The first half of a surrogate pair that may follow in the string. */
  let half = ''
  /** What of an escape has come after its backslash. */
  let escaped = ''
  let hasChanged = false
  let isOver = false
  let credit = 0

  // Each reads what it can from that place on, and returns where it stopped.
  const readers: Readonly<Record<State, (text: string, at: number) => number>> = {
    value: readValue,
    key: readKey,
    colon: (text, at) => (text[at] === ':' ? enter('value', at) : fail(at)),
    'after-value': readSeparator,
    string: readString,
    escape: readEscape,
    number: readNumber,
    literal: readLiteral,
    malformed: (text) => text.length,
  }

  function enter(next: State, at: number): number {
    state = next
    return at + 1
  }

  function fail(at: number): number {
    if (isInValueString()) finishMember(token)
    return enter('malformed', at)
  }

  function readValue(text: string, at: number): number {
    const character = text[at] as string // the callers stay within the text
    if (character === '"') return openString(at, false)
    if (character === '{') return openContainer({}, 'key', at)
    if (character === '[') return openContainer([], 'value', at)
    if (character === ']' && isEmpty() && Array.isArray(open.at(-1)?.members)) return close(at)
    token = ''
    // What comes next reads this character once more.
    if (/[-\d]/.test(character)) return enter('number', at - 1)
    return /[tfn]/.test(character) ? enter('literal', at - 1) : fail(at)
  }

  function readKey(text: string, at: number): number {
    if (text[at] === '"') return openString(at, true)
    return text[at] === '}' && isEmpty() ? close(at) : fail(at)
  }

  const isInValueString = () => (state === 'string' || state === 'escape') && !isKey
  const isEmpty = () => open.at(-1)?.size === 0

  function readSeparator(text: string, at: number): number {
    const container = open.at(-1)
    const isArray = Array.isArray(container?.members)
    if (container && text[at] === ',') return enter(isArray ? 'value' : 'key', at)
    return container && text[at] === (isArray ? ']' : '}') ? close(at) : fail(at)
  }

  function openContainer(members: Container['members'], next: State, at: number): number {
    if (open.length >= maxDepth) return fail(at)
    addMember(members)
    open.push({ members, size: 0, key: '', shown: undefined })
    openSize += sizeOfContainer
    return enter(next, at)
  }

  function close(at: number): number {
    const container = open.pop() as Container // there is one: its bracket was read before this one
    openSize -= container.size + sizeOfContainer
    // Nothing is added to its members any more, so they are shown themselves, unless an equal copy already is.
    finishMember(hasChanged ? container.members : container.shown)
    return enter('after-value', at)
  }

  /** What is not finished yet gets its place, and is put there when it is. */
  function addMember(value: unknown): void {
    hasChanged = true
    const container = open.at(-1)
    if (!container) return
    const { members, key } = container
    const size = Array.isArray(members) ? 1 : Object.hasOwn(members, key) ? 0 : sizeOfKey
    container.size += size
    openSize += size
    setMember(members, Array.isArray(members) ? members.length : key, value)
  }

  function finishMember(value: unknown): void {
    const container = open.at(-1)
    if (container) setOpenMember(container.members, container.key, value)
    else root = value
  }

  function openString(at: number, key: boolean): number {
    token = ''
    half = ''
    isKey = key
    if (!key) addMember('')
    return enter('string', at)
  }

  function readString(text: string, at: number): number {
    const run = match(textRun, text, at)
    if (run) append(run)
    const end = at + run.length
    if (end >= text.length) return end
    if (text[end] === '\\') {
      escaped = ''
      return enter('escape', end)
    }
    return text[end] === '"' ? closeString(end) : fail(end)
  }

  function append(text: string): void {
    // Appending to a long string is cheap, looking at its end is not: so the last half pair is kept apart.
    const whole = half + text
    const isHalf = (whole.charCodeAt(whole.length - 1) & 0xfc00) === 0xd800
    half = isHalf ? whole.slice(-1) : ''
    token += isHalf ? whole.slice(0, -1) : whole
    if (!isKey) hasChanged = true
  }

  function closeString(at: number): number {
    token += half
    if (half && !isKey) hasChanged = true
    const container = open.at(-1)
    if (isKey && container) container.key = token
    else finishMember(token)
    return enter(isKey ? 'colon' : 'after-value', at)
  }

  function readEscape(text: string, at: number): number {
    escaped += text[at]
    const character = escapes[escaped]
    if (character === undefined && !/^u[\da-fA-F]{0,4}$/.test(escaped)) return fail(at)
    if (character !== undefined) append(character)
    else if (escaped.length === 5) append(String.fromCharCode(Number.parseInt(escaped.slice(1), 16)))
    else return at + 1
    return enter('string', at)
  }

  function readNumber(text: string, at: number): number {
    const run = match(numberRun, text, at)
    token += run
    const end = at + run.length
    if (open.length === 0) hasChanged = true
    if (end >= text.length) return end
    if (!numberPattern.test(token)) return fail(end)
    return finishScalar(Number(token), end - 1)
  }

  function readLiteral(text: string, at: number): number {
    token += text[at]
    if (Object.hasOwn(literals, token)) return finishScalar(literals[token], at)
    return Object.keys(literals).some((literal) => literal.startsWith(token)) ? at + 1 : fail(at)
  }

  function finishScalar(value: unknown, at: number): number {
    addMember(value)
    if (open.length === 0) root = value
    return enter('after-value', at)
  }

  const isWholeNumber = () => state === 'number' && open.length === 0 && numberPattern.test(token)

  function takeSnapshot(): unknown {
    if (open.length === 0 && state === 'number') return isWholeNumber() ? Number(token) : undefined
    // From the inside out: an open string as far as it came, then the copy of each container in that of the next.
    let hasOpenMember = isInValueString()
    let value: unknown = hasOpenMember ? token : root
    for (const container of open.toReversed()) {
      const { members, key } = container
      const copy = Array.isArray(members) ? members.slice() : { ...members }
      if (hasOpenMember) setOpenMember(copy, key, value)
      container.shown = copy
      value = copy
      hasOpenMember = true
    }
    return value
  }

  return {
    push(text) {
      if (isOver) return
      credit += text.length * creditPerCharacter
      for (let at = 0; at < text.length; ) {
        if (!tokens.has(state)) at += match(space, text, at).length
        if (at < text.length) at = readers[state](text, at)
      }
    },
    end() {
      isOver = true
    },
    get value() {
      const isFree = openSize <= freeSize
      if (!hasChanged || !(isFree || isOver || state === 'malformed' || credit >= openSize)) return root
      if (!isFree) credit -= openSize
      hasChanged = false
      root = takeSnapshot()
      return root
    },
    get complete() {
      return (state === 'after-value' && open.length === 0) || isWholeNumber()
    },
    get malformed() {
      return state === 'malformed'
    },
  }
}

/** What a sticky pattern finds at that place. */
function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function setOpenMember(members: Container['members'], key: string, value: unknown): void {
  setMember(members, Array.isArray(members) ? members.length - 1 : key, value)
}

/** Assigning to a name that objects inherit would call a setter, or fail where they are frozen. */
function setMember(members: Container['members'], key: string | number, value: unknown): void {
  if (!(key in members) || Object.hasOwn(members, key)) (members as Record<string | number, unknown>)[key] = value
  else Object.defineProperty(members, key, { value, writable: true, enumerable: true, configurable: true })
}
