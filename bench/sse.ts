// Is our reader of server-sent events as fast as eventsource-parser, and its time linear in the text?
import { isDeepStrictEqual } from 'node:util'
import { createSseDecoder, encodeSse, type ServerSentEvent } from '@millrace/core/sse'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { collectGarbage } from './lib/collect-garbage.ts'
import { fittedExponent, median } from './lib/stats.ts'
import { printTable } from './lib/table.ts'

// The aim is 1 and 1; the rest is what noise on a busy machine may cost.
const smallestRatio = 0.9
const largestExponent = 1.2

const rounds = 20
const warmUpRounds = 3
// A reply is read over and over for so long, once at the least: what is over too soon cannot be timed.
const sampleMs = 20
const replyLength = 1_000_000

/** The same work for both: pieces in, an array of all events out. */
interface Contest {
  readonly length: number
  readonly ours: () => ServerSentEvent[]
  readonly theirs: () => EventSourceMessage[]
}

interface Row {
  readonly name: string
  /** Whether losing it fails the run. */
  readonly isRequired: boolean
  readonly create: () => Contest
}

function textContest(pieces: readonly string[]): Contest {
  return {
    length: totalLength(pieces),
    ours() {
      const events: ServerSentEvent[] = []
      const decoder = createSseDecoder()
      for (const piece of pieces) for (const event of decoder.push(piece)) events.push(event)
      return events
    },
    theirs() {
      const events: EventSourceMessage[] = []
      const parser = createParser({ onEvent: (event) => void events.push(event) })
      for (const piece of pieces) parser.feed(piece)
      return events
    },
  }
}

function bytesContest(pieces: readonly Uint8Array[]): Contest {
  return {
    length: totalLength(pieces),
    ours() {
      const events: ServerSentEvent[] = []
      const utf8 = new TextDecoder()
      const decoder = createSseDecoder()
      for (const piece of pieces)
        for (const event of decoder.push(utf8.decode(piece, { stream: true }))) events.push(event)
      return events
    },
    theirs() {
      const events: EventSourceMessage[] = []
      const utf8 = new TextDecoder()
      const parser = createParser({ onEvent: (event) => void events.push(event) })
      for (const piece of pieces) parser.feed(utf8.decode(piece, { stream: true }))
      return events
    },
  }
}

function totalLength(pieces: readonly { readonly length: number }[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

/** A delta as OpenAI spells it, about 200 characters. */
function deltaEvent(index: number, words: string): string {
  const delta = { content: ` ${words.split(' ').at(index % 12)}` }
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: null }]
  const head = { id: 'chatcmpl-BxZk2mQ9v7Tn4Lr8', object: 'chat.completion.chunk', created: 1_763_800_000 }
  return encodeSse({ data: JSON.stringify({ ...head, model: 'gpt-4.1', choices }) })
}

/** What else the standard allows: types, ids, several data lines, comments, a reconnection time. */
function mixedEvent(index: number): string {
  const before = index % 8 === 0 ? ': keep-alive\n\nretry: 3000\n' : ''
  const data = `{"index": ${index},\n "text": "first line"}\nsecond line\n\nfourth line`
  return before + encodeSse({ type: index % 2 ? 'delta' : 'message', id: `event-${index}`, data })
}

function replyOf(write: (index: number) => string): string[] {
  const events: string[] = []
  for (let length = 0; length < replyLength; length += events.at(-1)?.length ?? 0) events.push(write(events.length))
  return events
}

function lineOf(length: number): string {
  return encodeSse({ data: `{"image":"${'iVBORw0KGgo'.repeat(length / 11)}"}` })
}

function bytePieces(text: string, size: number): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  )
}

/** Strings of their own, as a text decoder hands them out: a slice would hang on the text it was cut from. */
function textPieces(text: string, size: number): string[] {
  const utf8 = new TextDecoder()
  return bytePieces(text, size).map((bytes) => utf8.decode(bytes, { stream: true }))
}

function onePieceEach(events: readonly string[]): string[] {
  return events.flatMap((event) => textPieces(event, event.length * 3))
}

const english = 'the water turns a wheel, and every drop has somewhere to go'
const vietnamese = 'nước chảy làm quay bánh xe, và mỗi giọt đều có nơi'
const small = replyOf((index) => deltaEvent(index, english))
const withReturns = small.map((event) => event.replaceAll('\n', '\r\n'))
const smallInVietnamese = replyOf((index) => deltaEvent(index, vietnamese)).join('')
const mixed = replyOf(mixedEvent).join('')

const rows: readonly Row[] = [
  required('(a) small events, pieces of 1,400', () => textContest(textPieces(small.join(''), 1400))),
  required('(a) small events, one a piece', () => textContest(onePieceEach(small))),
  required('(b) one line of 10 MB, pieces of 16', () => textContest(textPieces(lineOf(10_000_000), 16))),
  required('(c) CRLF, pieces of 1,400', () => textContest(textPieces(withReturns.join(''), 1400))),
  required('(c) CRLF, one a piece', () => textContest(onePieceEach(withReturns))),
  extra('(a) in Vietnamese', () => textContest(textPieces(smallInVietnamese, 1400))),
  extra('types, ids, several data lines', () => textContest(textPieces(mixed, 1400))),
  extra('from bytes: (a), pieces of 1,400', () => bytesContest(bytePieces(small.join(''), 1400))),
  extra('from bytes: (b) of 2 MB', () => bytesContest(bytePieces(lineOf(2_000_000), 16))),
  extra('from bytes: (c), pieces of 1,400', () => bytesContest(bytePieces(withReturns.join(''), 1400))),
]

function required(name: string, create: () => Contest): Row {
  return { name, isRequired: true, create }
}

function extra(name: string, create: () => Contest): Row {
  return { name, isRequired: false, create }
}

/** They leave out the type `message`, and an id that has not changed. */
function inOurWords(events: readonly EventSourceMessage[]): ServerSentEvent[] {
  let lastId = ''
  return events.map(({ event = 'message', data, id = lastId }) => {
    lastId = id
    return { type: event, data, id }
  })
}

function assertSame({ name, create }: Row): void {
  const { ours, theirs } = create()
  if (!isDeepStrictEqual(ours(), inOurWords(theirs()))) throw new Error(`The two read different events: ${name}.`)
}

/** Milliseconds for doing it once. */
function timeOf(work: () => unknown, repeat: number): number {
  collectGarbage()
  const start = performance.now()
  for (let done = 0; done < repeat; done++) work()
  return (performance.now() - start) / repeat
}

interface Times {
  readonly ours: number[]
  readonly theirs: number[]
}

/**
 * Round after round through all contests, both sides in turn and each first as often as the other: what slows the
 * machine down for a while slows both, and code is compiled for all rows, not for the one that is timed.
 */
function measure(entries: readonly (readonly [Contest, Times])[]): void {
  const repeats = entries.map(([{ theirs }]) => Math.ceil(sampleMs / timeOf(theirs, 3)))
  for (let round = -warmUpRounds; round < rounds; round++)
    for (const [index, [contest, times]] of entries.entries())
      for (const side of round % 2 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
        const ms = timeOf(contest[side], repeats[index] ?? 1)
        if (round >= 0) times[side].push(ms)
      }
}

function compare(): string[] {
  const results = rows.map(({ create, ...row }) => {
    const times: Times = { ours: [], theirs: [] }
    const ratio = () => Math.min(...times.theirs) / Math.min(...times.ours)
    return { ...row, contest: create(), times, ratio, hasLost: () => row.isRequired && ratio() < smallestRatio }
  })
  measure(results.map(({ contest, times }) => [contest, times]))
  // Noise passes, slowness stays.
  measure(results.filter(({ hasLost }) => hasLost()).map(({ contest, times }) => [contest, times]))
  console.log(
    `MB/s: ours, eventsource-parser's, ratio; in the best round of ${rounds}, then in the one in the middle\n`,
  )
  printTable(
    ['', 'ours', 'theirs', 'ratio', 'ours', 'theirs', 'ratio', 'required'],
    results.map(({ name, isRequired, contest, times, ratio }) => {
      const speed = (ms: number) => Math.round(contest.length / 1000 / ms).toLocaleString('en')
      const [ours, theirs] = [median(times.ours), median(times.theirs)]
      return [
        name,
        ...[speed(Math.min(...times.ours)), speed(Math.min(...times.theirs)), ratio().toFixed(2)],
        ...[speed(ours), speed(theirs), (theirs / ours).toFixed(2)],
        isRequired ? `≥ ${smallestRatio}` : '',
      ]
    }),
  )
  return results
    .filter(({ hasLost }) => hasLost())
    .map(
      ({ name, ratio }) => `${name}: ${ratio().toFixed(2)} of the speed of eventsource-parser, below ${smallestRatio}.`,
    )
}

function checkGrowth(): string[] {
  const lines = [1, 2, 4, 8].map((size) => {
    const { ours } = textContest(textPieces(lineOf(size * 1_000_000), 16))
    return { size, ours, times: [] as number[] }
  })
  for (let round = 0; round < 2 * rounds; round++) for (const { ours, times } of lines) times.push(timeOf(ours, 1))
  const best = lines.map(({ size, times }) => [size, Math.min(...times)] as const)
  const exponent = fittedExponent(best)
  console.log(`\nms for one line in pieces of 16, best of ${2 * rounds}\n`)
  printTable(
    [...best.map(([size]) => `${size} MB`), 'exponent', 'required'],
    [[...best.map(([, ms]) => ms.toFixed(1)), exponent.toFixed(2), `≤ ${largestExponent}`]],
  )
  if (exponent <= largestExponent) return []
  return [`The time for a line grows with the power ${exponent.toFixed(2)} of its length, above ${largestExponent}.`]
}

rows.forEach(assertSame)
const failures = [...compare(), ...checkGrowth()]
for (const failure of failures) console.error(`\nToo slow. ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
