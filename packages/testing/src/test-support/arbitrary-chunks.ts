import { ChatError, type ChatErrorCode, type Chunk, type Usage } from '@millrace/core'
import fc from 'fast-check'

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const id = fc.stringMatching(/^[a-z]\w{0,8}$/)
const count = fc.nat(100_000)

const usage: fc.Arbitrary<Usage> = fc
  .record(
    { inputTokens: count, outputTokens: count, reasoningTokens: count, cachedInputTokens: count },
    { requiredKeys: ['inputTokens', 'outputTokens'] },
  )
  .map((counts) => ({ ...counts, totalTokens: counts.inputTokens + counts.outputTokens }))

const usageChunk = usage.map((counted): Chunk[] => [{ type: 'usage', usage: counted }])

function said(type: 'text-delta' | 'reasoning-delta' | 'refusal-delta'): fc.Arbitrary<Chunk[]> {
  return fc.array(words, { minLength: 1, maxLength: 4 }).map((texts) => texts.map((text) => ({ type, text })))
}

const signed = fc
  .tuple(said('reasoning-delta'), id)
  .map(([thought, signature]): Chunk[] => [...thought, { type: 'reasoning-delta', text: '', signature }])

/** A call with its arguments in pieces of three characters; some are never finished. */
const call = fc
  .record({
    toolCallId: id,
    toolName: id,
    argumentsText: fc.oneof(
      fc.constant(''),
      fc.dictionary(id, fc.jsonValue({ maxDepth: 1 })).map((it) => JSON.stringify(it)),
    ),
    providerExecuted: fc.boolean(),
    isWhole: fc.integer({ min: 0, max: 4 }).map(Boolean),
  })
  .map(({ toolCallId, toolName, argumentsText, providerExecuted, isWhole }): Chunk[] => [
    { type: 'tool-call-start', toolCallId, toolName, ...(providerExecuted && { providerExecuted }) },
    ...(argumentsText.match(/.{1,3}/gsu) ?? []).map(
      (piece): Chunk => ({ type: 'tool-call-delta', toolCallId, argumentsText: piece }),
    ),
    ...(isWhole ? [{ type: 'tool-call-end', toolCallId } as const] : []),
  ])

/** One after the other, or in turns. */
const calls = fc
  .tuple(
    fc.uniqueArray(call, { minLength: 1, maxLength: 3, selector: ([start]) => JSON.stringify(start) }),
    fc.boolean(),
  )
  .map(([each, inTurns]) => (inTurns ? takeTurns(each) : each.flat()))

function takeTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat()
}

const source = fc
  .record({ url: fc.webUrl(), title: words, id }, { requiredKeys: ['url'] })
  .map((page): Chunk[] => [{ type: 'source', ...page }])

const file = fc
  .record({
    mediaType: fc.constantFrom('image/png', 'image/webp'),
    data: fc.base64String({ minLength: 4, maxLength: 12 }),
  })
  .map((image): Chunk[] => [{ type: 'file', ...image }])

const start = fc
  .record({ responseId: id, model: id }, { requiredKeys: [] })
  .map((answerer): Chunk[] => (Object.keys(answerer).length > 0 ? [{ type: 'message-start', ...answerer }] : []))

const codes: ChatErrorCode[] = ['overloaded', 'rate-limited', 'server-error', 'provider-error']
const finishReasons = ['stop', 'length', 'tool-calls', 'content-filter', 'unknown', 'incomplete'] as const

const ending = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...finishReasons)
      .map((reason): Chunk[] => [{ type: 'message-end', finishReason: reason }]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...codes).map((code): Chunk[] => [
      { type: 'error', error: new ChatError(code, { what: 'It failed.' }) },
      { type: 'message-end', finishReason: 'error' },
    ]),
  },
)

const middle = fc.array(
  fc.oneof(said('text-delta'), said('reasoning-delta'), signed, said('refusal-delta'), calls, source, file, usageChunk),
  { maxLength: 6 },
)

/** What a reply may say, in any order; the ids of calls are all different. */
export const arbitraryChunks: fc.Arbitrary<Chunk[]> = fc
  .tuple(start, middle, fc.option(usageChunk, { nil: [] }), ending)
  .map((parts) => withUniqueCalls(parts.flat(2)))

function withUniqueCalls(chunks: readonly Chunk[]): Chunk[] {
  const numbers = new Map<string, number>()
  let started = 0
  return chunks.map((chunk) => {
    if (!('toolCallId' in chunk)) return chunk
    if (chunk.type === 'tool-call-start') numbers.set(chunk.toolCallId, started++)
    return { ...chunk, toolCallId: `${chunk.toolCallId}_${numbers.get(chunk.toolCallId)}` }
  })
}
