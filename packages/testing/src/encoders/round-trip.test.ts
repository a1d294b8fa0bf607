import type { Chunk, WireFormatName } from '@millrace/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryChunks } from '../test-support/arbitrary-chunks.ts'
import { decode } from '../test-support/decode.ts'
import { accountOf, arrived, expected } from '../test-support/travels.ts'
import { encodeReply } from './encode-reply.ts'
import { encodings } from './formats.ts'

const formats = Object.keys(encodings) as WireFormatName[] // the keys of a record of these
const runs = { seed: 20261122, numRuns: 100 }
const cuts = fc.array(fc.nat(5_000), { maxLength: 8 })

/** An error is the same where its code is: its message gets the reader's wording each time. */
const comparable = (chunk: Chunk) => (chunk.type === 'error' ? { type: 'error', code: chunk.error.code } : chunk)

describe.each(formats)('%s', (name) => {
  const encoding = encodings[name]
  const trip = (chunks: readonly Chunk[], places: readonly number[] = []) =>
    decode(name, encodeReply(chunks, { encoding }), places)

  it('reads what a reader gave as it was, cut anywhere', () => {
    fc.assert(
      fc.property(arbitraryChunks, cuts, (chunks, places) => {
        const read = trip(chunks)
        expect(trip(read, places).map(comparable)).toEqual(read.map(comparable))
      }),
      runs,
    )
  })

  it('loses nothing but what the format has no place for', () => {
    fc.assert(
      fc.property(arbitraryChunks, (chunks) => {
        expect(arrived(name, trip(chunks))).toEqual(expected(name, chunks))
      }),
      runs,
    )
  })

  it('never makes a whole call of one that was cut short', () => {
    const whole = (chunks: readonly Chunk[]) => accountOf(chunks).calls.filter((call) => call.isWhole).length
    const cutShort = arbitraryChunks.filter((chunks) => {
      const { finishReason = '' } = accountOf(chunks)
      return ['length', 'incomplete', 'error'].includes(finishReason)
    })
    fc.assert(
      fc.property(cutShort, (chunks) => {
        // A file brings the call that made it.
        const images = chunks.filter(({ type }) => type === 'file').length
        expect(whole(trip(chunks))).toBeLessThanOrEqual(whole(chunks) + images)
      }),
      runs,
    )
  })
})
