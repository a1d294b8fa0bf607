/** One thing that came in: a line as it was sent, an event made of lines, or a chunk decoded from an event. */
export interface WireEntry {
  readonly kind: 'line' | 'event' | 'chunk'
  /** Milliseconds since the request. */
  readonly atMs: number
  readonly text: string
}

/** Some bytes that came in at once. */
export interface WirePiece {
  /** Milliseconds since the request. */
  readonly atMs: number
  readonly bytes: number
}

/** A request and what came back, without any key in it. */
export interface WireExchange {
  readonly id: number
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly method: string
  readonly url: string
  readonly requestHeaders: readonly (readonly [name: string, value: string])[]
  readonly requestBody: string
  readonly status?: number
  readonly responseHeaders: readonly (readonly [name: string, value: string])[]
  /** Milliseconds since the request, each once it happened. */
  readonly headersAtMs?: number
  readonly endedAtMs?: number
  /** Why nothing came, or no more. */
  readonly failure?: string
  /** The first 10,000 of them. */
  readonly pieces: readonly WirePiece[]
  /** All that came in, also beyond those. */
  readonly received: { readonly pieces: number; readonly bytes: number }
  /** What came in, oldest first, in blocks that do not change once they are full. */
  readonly blocks: readonly (readonly WireEntry[])[]
  /** How many entries were let go, the oldest first, so that there is room. */
  readonly dropped: number
}

/** What came in, and what was sent, has this many characters at most; what is longer ends in an ellipsis. */
const longestText = 20_000
const longestRequest = 500_000
const blockLength = 100
const mostPieces = 10_000

export interface ExchangeLimits {
  readonly maxEntries: number
  /** In UTF-16 code units, of all entries. */
  readonly maxLength: number
}

/** An exchange that grows. */
export interface ExchangeLog {
  add(kind: WireEntry['kind'], text: string): void
  addPiece(bytes: number): void
  update(change: Partial<WireExchange>): void
  /** Nothing more comes. @param failure Why nothing came, or no more. */
  end(failure?: string): void
  /** Milliseconds since the request. */
  now(): number
  /** What is known by now. It does not change. */
  snapshot(): WireExchange
}

type Opening = Pick<WireExchange, 'id' | 'method' | 'url' | 'requestHeaders' | 'requestBody'>

/** @param redact Takes keys out of whatever is written down. The opening has none. */
export function createExchangeLog(
  opening: Opening,
  { maxEntries, maxLength }: ExchangeLimits,
  redact: (text: string) => string,
): ExchangeLog {
  const startedAt = Date.now()
  const clock = performance.now()
  const now = () => performance.now() - clock
  const pieces: WirePiece[] = []
  let received: WireExchange['received'] = { pieces: 0, bytes: 0 }
  let facts: Omit<WireExchange, 'pieces' | 'received' | 'blocks' | 'dropped'> = {
    ...opening,
    requestBody: cut(opening.requestBody, longestRequest),
    startedAt,
    responseHeaders: [],
  }
  let full: (readonly WireEntry[])[] = []
  let last: WireEntry[] = []
  let length = 0
  let dropped = 0

  function add(kind: WireEntry['kind'], text: string): void {
    const kept = cut(redact(text), longestText)
    last.push({ kind, atMs: now(), text: kept })
    length += kept.length
    if (last.length === blockLength) {
      full = [...full, last]
      last = []
    }
    while (full.length > 0 && (length > maxLength || full.length * blockLength > maxEntries)) dropOldest()
  }

  function dropOldest(): void {
    const [oldest = [], ...rest] = full
    full = rest
    dropped += oldest.length
    for (const { text } of oldest) length -= text.length
  }

  return {
    add,
    addPiece(bytes) {
      received = { pieces: received.pieces + 1, bytes: received.bytes + bytes }
      if (pieces.length < mostPieces) pieces.push({ atMs: now(), bytes })
    },
    update(change) {
      facts = { ...facts, ...change }
    },
    end(failure) {
      facts = { ...facts, endedAtMs: now(), ...(failure !== undefined && { failure: redact(failure) }) }
    },
    now,
    snapshot: () => ({
      ...facts,
      pieces: [...pieces],
      received,
      blocks: last.length > 0 ? [...full, [...last]] : full,
      dropped,
    }),
  }
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text)
