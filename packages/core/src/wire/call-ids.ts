import type { Chunk } from '../chunk.ts'

/** Whether the id is one that was made up here, which its provider never saw. */
export function isMadeUpId(toolCallId: string): boolean {
  return /^call_\d+$/.test(toolCallId)
}

/**
 * Gives the calls of a reply ids that are theirs alone, where they are not yet: formats without ids have the calls of each
 * reply numbered from 0, some servers do the same, and others give two calls of a reply one id. Make one for each reply, and pass all its chunks through.
 * @param isTaken Whether a call before has that id.
 */
export function uniqueCallIds(isTaken: (toolCallId: string) => boolean): (chunk: Chunk) => Chunk {
  const ids = new Map<string, string>()
  const seen = new Set<string>()
  return (chunk) => {
    if (!('toolCallId' in chunk)) return chunk
    const { toolCallId } = chunk
    const isStart = chunk.type === 'tool-call-start'
    const isSecond = seen.has(toolCallId)
    if (isStart && (isSecond || isMadeUpId(toolCallId) || isTaken(toolCallId))) ids.set(toolCallId, madeUpId())
    seen.add(toolCallId)
    return { ...chunk, toolCallId: ids.get(toolCallId) ?? toolCallId }
  }
}

const madeUpId = () => `call_${Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)}`
