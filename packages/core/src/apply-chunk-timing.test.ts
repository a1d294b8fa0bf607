import { describe, expect, it } from 'vitest'
import { reopenMessage } from './apply-chunk.ts'
import type { Chunk } from './chunk.ts'
import {
  type Arriving,
  apply,
  callDelta,
  callEnd,
  callStart,
  end,
  pending,
  reasoning,
  startedAt,
  text,
} from './test-support/apply-chunks.ts'

describe('timing', () => {
  it('has the moments of the first token, the last one and the end', () => {
    const head: Chunk = { type: 'message-start', model: 'm' }
    const usage: Chunk = { type: 'usage', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } }
    expect(
      apply([
        [1, head],
        [10, text('a')],
        [20, callStart()],
        [30, usage],
        [40, end],
      ]).timing,
    ).toEqual({
      startedAt,
      firstTokenAt: startedAt + 10,
      lastTokenAt: startedAt + 20,
      writingMs: 10,
      longestGapMs: 10,
      endedAt: startedAt + 40,
    })
  })

  it('has how long was written, and the longest wait for a token', () => {
    const { timing } = apply([
      [10, text('a')],
      [20, text('b')],
      [70, text('c')],
      [75, end],
    ])
    expect(timing).toMatchObject({ writingMs: 60, longestGapMs: 50 })
  })

  it('counts no time in which tools ran', () => {
    const output = (toolCallId: string): Chunk => ({ type: 'tool-call-output', toolCallId, output: 1 })
    const { timing } = apply([
      [10, callStart('a')],
      [20, callDelta('{}', 'a')],
      [20, callEnd('a')],
      [20, callStart('b')],
      [25, callEnd('b')],
      [500, output('a')],
      [900, output('b')],
      [1500, text('c')],
      [1520, text('d')],
    ])
    expect(timing).toMatchObject({ writingMs: 30, longestGapMs: 20, lastTokenAt: startedAt + 1520 })
  })

  it('counts no time between an end and going on', () => {
    const ended = apply([
      [10, text('a')],
      [20, text('b')],
      [20, { type: 'message-end', finishReason: 'aborted' }],
    ])
    const { timing } = apply(
      [
        [90_000, text('c')],
        [90_030, text('d')],
        [90_030, end],
      ],
      reopenMessage(ended),
    )
    expect(timing).toMatchObject({ writingMs: 40, longestGapMs: 30, endedAt: startedAt + 90_030 })
  })

  it('keeps what it knew', () => {
    const message = { ...pending, timing: { startedAt, headersAt: startedAt + 5 } }
    expect(apply([[10, text('a')]], message).timing).toMatchObject({ headersAt: startedAt + 5 })
  })

  it('is left alone without a clock', () => {
    expect(apply([text('a'), end]).timing).toBe(pending.timing)
  })

  it('has no token where none came', () => {
    expect(apply([[40, end]]).timing).toEqual({ startedAt, endedAt: startedAt + 40 })
  })
})

describe('the duration of a thought', () => {
  const durations = (...chunks: readonly Arriving[]) =>
    apply(chunks).parts.map((part) => 'durationMs' in part && part.durationMs)

  it('is the time from its first delta to its last', () => {
    expect(durations([10, reasoning('a')], [25, reasoning('b')], [60, reasoning('c')])).toEqual([50])
  })

  it('does not grow by the text that follows', () => {
    expect(durations([10, reasoning('a')], [30, reasoning('b')], [90, text('c')])).toEqual([20, false])
  })

  it('begins with its first delta where a tool ran before', () => {
    const output: Chunk = { type: 'tool-call-output', toolCallId: 'a', output: 1 }
    const chunks: Arriving[] = [
      [10, callStart()],
      [20, callEnd()],
      [300, output],
      [900, reasoning('a')],
    ]
    expect(durations(...chunks, [920, reasoning('b')])).toEqual([false, 20])
  })

  it('is unknown without a clock', () => {
    expect(apply([reasoning('a'), reasoning('b')]).parts[0]).not.toHaveProperty('durationMs')
  })
})
