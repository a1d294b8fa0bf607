import { describe, expect, it } from 'vitest'
import { applyChunk } from './apply-chunk.ts'
import type { Chunk } from './chunk.ts'
import { ChatError } from './errors.ts'
import {
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
import { countCharacters } from './test-support/count-characters.ts'

describe('text, reasoning and refusal', () => {
  it.each([
    ['text-delta', 'text'],
    ['reasoning-delta', 'reasoning'],
    ['refusal-delta', 'refusal'],
  ] as const)('grow by each %s', (chunk, part) => {
    expect(
      apply([
        { type: chunk, text: 'a' },
        { type: chunk, text: 'b' },
      ]).parts,
    ).toEqual([{ type: part, text: 'ab', state: 'streaming' }])
  })

  it('are done once something else follows', () => {
    expect(apply([reasoning('Hm'), text('Yes'), callStart()]).parts).toMatchObject([
      { type: 'reasoning', state: 'done' },
      { type: 'text', state: 'done' },
      { type: 'tool-call' },
    ])
  })

  it('open a new part where something else stood between', () => {
    expect(apply([text('a'), reasoning('Hm'), text('b')]).parts).toMatchObject([
      { text: 'a' },
      { text: 'Hm' },
      { text: 'b' },
    ])
  })

  it('keep the signature that comes with a thought, or after it', () => {
    expect(apply([reasoning('Hm'), reasoning('', 's1')]).parts).toMatchObject([{ text: 'Hm', signature: 's1' }])
  })

  it('open a new part after a thought that was signed', () => {
    expect(apply([reasoning('a', 's1'), reasoning('b')]).parts).toMatchObject([
      { text: 'a', signature: 's1', state: 'done' },
      { text: 'b', state: 'streaming' },
    ])
  })

  it('are content where they are text', () => {
    expect(apply([reasoning('Hm'), text('a'), { type: 'refusal-delta', text: 'No' }, text('b')]).content).toBe('ab')
  })
})

describe('a tool call', () => {
  it('has its input once it is whole', () => {
    const started = apply([callStart(), callDelta('{"at"'), callDelta(':1}')])
    expect(started.parts).toMatchObject([{ argumentsText: '{"at":1}', state: 'input-streaming' }])
    expect(apply([callEnd()], started).parts).toMatchObject([{ input: { at: 1 }, state: 'input-available' }])
  })

  it('gets its own deltas alone', () => {
    const message = apply([callStart('a'), callStart('b'), callDelta('1', 'a'), callDelta('2', 'b'), callEnd('a')])
    expect(message.parts).toMatchObject([
      { argumentsText: '1', input: 1 },
      { argumentsText: '2', state: 'input-streaming' },
    ])
  })

  it('of an unknown id is no call', () => {
    expect(apply([text('a'), callDelta('{}', 'x'), callEnd('x')]).parts).toEqual(apply([text('a')]).parts)
  })

  it('has its outcome where the provider ran it', () => {
    const output = (outcome: object): Chunk => ({ type: 'tool-call-output', toolCallId: 'a', ...outcome })
    const whole = apply([callStart(), callDelta('{}'), callEnd()])
    expect(apply([output({ output: 'Fog' })], whole).parts).toMatchObject([
      { input: {}, output: 'Fog', state: 'output-available' },
    ])
    expect(apply([output({ errorText: 'Too dark' })], whole).parts).toMatchObject([
      { input: {}, errorText: 'Too dark', state: 'output-error' },
    ])
  })

  it('says where the provider runs it itself', () => {
    const start: Chunk = { type: 'tool-call-start', toolCallId: 'a', toolName: 'search', providerExecuted: true }
    expect(apply([start]).parts).toMatchObject([{ providerExecuted: true }])
  })

  it('without an end stays unfinished when the message ends', () => {
    expect(apply([callStart(), callDelta('{}'), end]).parts).toMatchObject([{ state: 'input-streaming' }])
  })
})

describe('a message', () => {
  it('is pending until it says something', () => {
    expect(apply([{ type: 'message-start', model: 'm' }]).status).toBe('pending')
    expect(apply([text('a')]).status).toBe('streaming')
  })

  it('is done at its end, and so is its last part', () => {
    expect(apply([text('a'), end])).toMatchObject({
      status: 'done',
      finishReason: 'stop',
      parts: [{ text: 'a', state: 'done' }],
    })
  })

  it('learns who answers, late as well', () => {
    const metadata = { own: 1 }
    const first = apply([{ type: 'message-start', responseId: 'r1' }], { ...pending, metadata })
    const second = apply([{ type: 'message-start', model: 'm' }], first)
    expect(second).toMatchObject({ model: 'm', metadata: { own: 1, responseId: 'r1' } })
  })

  it('goes on with a sentence in which a source was named', () => {
    const source: Chunk = { type: 'source', url: 'https://a.test' }
    const say = (text: string): Chunk => ({ type: 'text-delta', text })
    const message = apply([say('As they '), source, say('say.'), { type: 'message-end', finishReason: 'stop' }])
    expect(message.parts).toEqual([{ type: 'text', text: 'As they say.', state: 'done' }, source])
  })

  const data = (of: string, id?: string, name = 'weather'): Chunk => ({
    type: 'data',
    name,
    data: of,
    ...(id && { id }),
  })

  it('goes on with a sentence that data came into', () => {
    expect(apply([text('a'), data('fog'), text('b')]).parts).toMatchObject([{ text: 'ab' }, { data: 'fog' }])
  })

  it('keeps of data with one name and id the last, in its place', () => {
    const other = data('rain', 'w1', 'forecast')
    const message = apply([data('...', 'w1'), other, data('fog', 'w1'), data('sun', 'w2')])
    expect(message.parts).toEqual([data('fog', 'w1'), other, data('sun', 'w2')])
  })

  it('keeps all data without an id', () => {
    expect(apply([data('fog'), data('fog')]).parts).toEqual([data('fog'), data('fog')])
  })

  it('keeps no data that is transient', () => {
    expect(apply([text('a'), { type: 'data', name: 'beat', data: 1, transient: true }]).parts).toMatchObject([
      { text: 'a' },
    ])
  })

  it('keeps sources, files, the last usage and the error', () => {
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
    const error = new ChatError('stalled')
    const source: Chunk = { type: 'source', url: 'https://a.test', title: 'A' }
    const file: Chunk = { type: 'file', mediaType: 'image/png', data: 'AAAA' }
    const message = apply([
      source,
      file,
      { type: 'usage', usage: { ...usage, outputTokens: 1 } },
      { type: 'usage', usage },
    ])
    expect(message).toMatchObject({ parts: [source, file], usage })
    expect(apply([{ type: 'error', error }], message)).toMatchObject({ parts: [source, file], error })
  })

  it.each([text('late'), callStart(), end, { type: 'error', error: new ChatError('network') } as Chunk])(
    'that is done stays the same object whatever comes: $type',
    (late) => {
      const message = apply([
        [1, text('a')],
        [2, end],
      ])
      expect(applyChunk(message, late, startedAt + 3)).toBe(message)
    },
  )

  it('is never changed in place', () => {
    const before = apply([text('a'), callStart(), callDelta('{')])
    const copy = structuredClone(before)
    apply([callDelta('}'), callEnd(), text('b'), end], before)
    expect(before).toEqual(copy)
  })
})

describe('the parts that a chunk does not touch', () => {
  const before = apply([reasoning('Hm'), text('a'), callStart('a'), callStart('b'), callDelta('{', 'b')])

  it.each<[string, Chunk, readonly number[]]>([
    ['a delta of the last call', callDelta('}', 'b'), [0, 1, 2]],
    ['a delta of an earlier call', callDelta('{}', 'a'), [0, 1, 3]],
    ['the end of an earlier call', callEnd('a'), [0, 1, 3]],
    ['text', text('b'), [0, 1, 2, 3]],
    ['the end', end, [0, 1, 2, 3]],
  ])('stay the same objects: %s', (_, chunk, untouched) => {
    const after = applyChunk(before, chunk)
    for (const index of untouched) expect(after.parts[index]).toBe(before.parts[index])
  })

  it.each<[string, Chunk]>([
    ['usage', { type: 'usage', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } }],
    ['an error', { type: 'error', error: new ChatError('network') }],
    ['who answers', { type: 'message-start', model: 'm' }],
  ])('stay in the same list: %s', (_, chunk) => {
    expect(applyChunk(before, chunk).parts).toBe(before.parts)
  })
})

describe('the cost of a delta', () => {
  const characters = (length: number, chunk: Chunk) => {
    const before = apply([callStart(), callDelta('x'.repeat(length)), text('x'.repeat(length))])
    return countCharacters(() => void apply([chunk], before))
  }

  it.each([text('b'), callDelta('b')])('does not depend on how much was said: $type', (chunk) => {
    expect(characters(100_000, chunk)).toBe(characters(10, chunk))
  })
})
