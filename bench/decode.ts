// How much does a decoder cost beyond the JSON.parse that nobody gets around?
import { type Chunk, createSseDecoder, type WireFormatName } from '@millrace/core'
import { wireFormat } from '@millrace/core/wire'
import {
  anthropicEncoding,
  encodeReply,
  geminiEncoding,
  ollamaEncoding,
  openaiChatEncoding,
  openaiResponsesEncoding,
  uiMessageStreamEncoding,
  type WireEncoding,
} from '@millrace/testing'
import { collectGarbage } from './lib/collect-garbage.ts'
import { median } from './lib/stats.ts'
import { printTable } from './lib/table.ts'

// The aim is 2; the rest is what noise on a busy machine may cost.
const aimedRatio = 2
const largestRatio = 2.5

const rounds = 20
const warmUpRounds = 3
// A reply is read over and over for so long, once at the least: what is over too soon cannot be timed.
const sampleMs = 20
const deltas = 20_000
// About what a network packet holds.
const pieceLength = 1_400

const encodings: readonly WireEncoding[] = [
  openaiChatEncoding,
  openaiResponsesEncoding,
  anthropicEncoding,
  geminiEncoding,
  ollamaEncoding,
  uiMessageStreamEncoding,
]

const words = [
  'The ',
  'water ',
  'turns ',
  'a ',
  'wheel, ',
  'and ',
  'every ',
  'drop ',
  'has ',
  'somewhere ',
  'to ',
  'go. ',
]
const texts = Array.from({ length: deltas }, (_, index) => words[index % words.length] ?? '')
const reply: readonly Chunk[] = [
  { type: 'message-start', responseId: 'reply-1', model: 'mill-1' },
  ...texts.map((text): Chunk => ({ type: 'text-delta', text })),
  { type: 'usage', usage: { inputTokens: 12, outputTokens: deltas, totalTokens: deltas + 12 } },
  { type: 'message-end', finishReason: 'stop' },
]

interface Contest {
  readonly name: WireFormatName
  readonly length: number
  /** Reads the reply from its bytes; returns how many chunks it says. */
  readonly decode: () => number
  /** Reads the same payloads from their texts, which is less: those need no finding, and nothing is made of them. */
  readonly parse: () => number
}

function contestOf(encoding: WireEncoding): Contest {
  const { name } = encoding
  const bytes = encodeReply(reply, { encoding })
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, index) =>
    bytes.slice(index * pieceLength, (index + 1) * pieceLength),
  )
  const payloads = payloadsOf(encoding, bytes)
  assertSame(name, pieces)
  return {
    name,
    length: bytes.length,
    decode() {
      let chunks = 0
      const decoder = wireFormat(name).createDecoder()
      for (const piece of pieces) chunks += decoder.push(piece).length
      return chunks + decoder.end().length
    },
    parse() {
      let values = 0
      for (const payload of payloads) if (JSON.parse(payload)) values++
      return values
    },
  }
}

/** The JSON texts in a body, as strings of their own. */
function payloadsOf({ contentType }: WireEncoding, bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes)
  const events = contentType.startsWith('text/event-stream')
    ? createSseDecoder()
        .push(text)
        .map(({ data }) => data)
    : text.split('\n')
  // Neither the empty line after the last one nor a terminator is JSON.
  const utf8 = new TextEncoder()
  return events
    .filter((data) => data !== '' && data !== '[DONE]')
    .map((data) => new TextDecoder().decode(utf8.encode(data)))
}

function assertSame(name: WireFormatName, pieces: readonly Uint8Array[]): void {
  const decoder = wireFormat(name).createDecoder()
  const chunks = [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]
  const said = chunks.filter((chunk) => chunk.type === 'text-delta').map(({ text }) => text)
  const end = chunks.at(-1)
  const isWhole = end?.type === 'message-end' && end.finishReason === 'stop'
  if (!isWhole || said.length !== deltas || said.join('') !== texts.join(''))
    throw new Error(`The decoder of ${name} does not read what was written.`)
}

/** Milliseconds for doing it once. */
function timeOf(work: () => unknown, repeat: number): number {
  collectGarbage()
  const start = performance.now()
  for (let done = 0; done < repeat; done++) work()
  return (performance.now() - start) / repeat
}

interface Result {
  readonly contest: Contest
  readonly decode: number[]
  readonly parse: number[]
}

/** Round after round through all formats, each side first as often as the other: what slows the machine slows both. */
function measure(results: readonly Result[]): void {
  const repeats = results.map(({ contest }) => Math.ceil(sampleMs / timeOf(contest.parse, 3)))
  for (let round = -warmUpRounds; round < rounds; round++)
    for (const [index, { contest, ...times }] of results.entries())
      for (const side of round % 2 ? (['decode', 'parse'] as const) : (['parse', 'decode'] as const)) {
        const ms = timeOf(contest[side], repeats[index] ?? 1)
        if (round >= 0) times[side].push(ms)
      }
}

const best = (times: readonly number[]) => Math.min(...times)
const ratioOf = ({ decode, parse }: Result) => best(decode) / best(parse)
const hasLost = (result: Result) => ratioOf(result) > largestRatio

function compare(): Result[] {
  const results = encodings.map((encoding): Result => ({ contest: contestOf(encoding), decode: [], parse: [] }))
  measure(results)
  // Noise passes, slowness stays.
  measure(results.filter(hasLost))
  return results
}

function print(results: readonly Result[]): void {
  console.log(
    `ms for a reply of ${deltas.toLocaleString('en')} text deltas, bytes in pieces of ${pieceLength.toLocaleString('en')}, ` +
      `and for JSON.parse of its payloads;\nin the best round of ${rounds}, then in the one in the middle\n`,
  )
  printTable(
    ['', 'MB', 'ours', 'parse', 'ratio', 'MB/s', 'ours', 'parse', 'ratio', 'MB/s', 'required', 'aim'],
    results.map((result) => {
      const { contest, decode, parse } = result
      const cells = (ours: number, theirs: number) => [
        ours.toFixed(1),
        theirs.toFixed(1),
        (ours / theirs).toFixed(2),
        Math.round(contest.length / 1000 / ours).toLocaleString('en'),
      ]
      return [
        contest.name,
        (contest.length / 1e6).toFixed(1),
        ...cells(best(decode), best(parse)),
        ...cells(median(decode), median(parse)),
        `≤ ${largestRatio}`,
        ratioOf(result) > aimedRatio ? `over ${aimedRatio}` : `≤ ${aimedRatio}`,
      ]
    }),
  )
  const over = results.filter((result) => ratioOf(result) > aimedRatio)
  const names = over.map((result) => `${result.contest.name} (${ratioOf(result).toFixed(2)})`).join(', ')
  console.log(`\nThe aim is ${aimedRatio}. ${over.length > 0 ? `Over it: ${names}.` : 'All are within it.'}`)
}

const results = compare()
print(results)
for (const result of results.filter(hasLost))
  console.error(
    `\nToo slow. ${result.contest.name}: ${ratioOf(result).toFixed(2)} × JSON.parse, above ${largestRatio}.`,
  )
process.exitCode = results.some(hasLost) ? 1 : 0
