import { describe, expect, it } from 'vitest'
import type { Chunk } from '../chunk.ts'
import { isMadeUpId, uniqueCallIds } from './call-ids.ts'

const call = (toolCallId: string): Chunk[] => [
  { type: 'tool-call-start', toolCallId, toolName: 'look' },
  { type: 'tool-call-delta', toolCallId, argumentsText: '{}' },
  { type: 'tool-call-end', toolCallId },
]
const idsIn = (chunks: readonly Chunk[]) => chunks.map((chunk) => ('toolCallId' in chunk ? chunk.toolCallId : ''))

describe('ids of calls', () => {
  it('stay where their provider gave them', () => {
    const chunks = [...call('a'), ...call('b')]
    expect(chunks.map(uniqueCallIds(() => false))).toEqual(chunks)
  })

  it('that are numbers of ours become others in each reply, known as ours, the same through each call', () => {
    const chunks = [...call('call_0'), ...call('call_1')]
    const [one, other] = [0, 1].map(() => idsIn(chunks.map(uniqueCallIds(() => false))))
    expect(new Set(one).size).toBe(2)
    expect(new Set(one?.slice(0, 3)).size).toBe(1)
    expect(one?.every(isMadeUpId)).toBe(true)
    expect(new Set([...(one ?? []), ...(other ?? [])]).size).toBe(4)
  })

  it('that a call before has become others', () => {
    const [id = ''] = idsIn(call('0').map(uniqueCallIds((toolCallId) => toolCallId === '0')))
    expect(id).not.toBe('0')
    expect(isMadeUpId(id)).toBe(true)
  })

  it('that two calls of one reply share become two', () => {
    const ids = idsIn([...call('a'), ...call('a')].map(uniqueCallIds(() => false)))
    expect(ids.slice(0, 3)).toEqual(['a', 'a', 'a'])
    expect(new Set(ids).size).toBe(2)
    expect(new Set(ids.slice(3)).size).toBe(1)
  })

  it('are of no concern to anything else', () => {
    const text: Chunk = { type: 'text-delta', text: 'Hi' }
    expect(uniqueCallIds(() => true)(text)).toBe(text)
  })
})
