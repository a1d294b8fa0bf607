import type { Chunk } from '@millrace/core'
import { parseJson } from '../json.ts'
import type { ChunkOf } from './wire-encoder.ts'

/** A tool call in one piece. */
export interface WholeCall extends Omit<ChunkOf<'tool-call-start'>, 'type'> {
  readonly argumentsText: string
}

export interface CallCollector {
  /** Returns the call that this chunk completes; undefined for every other chunk. */
  push(chunk: Chunk): WholeCall | undefined
}

/** For formats that send each call in one piece. A call that never ends is never sent. */
export function createCallCollector(): CallCollector {
  const open = new Map<string, WholeCall>()
  return {
    push(chunk) {
      if (!('toolCallId' in chunk)) return undefined
      const call = open.get(chunk.toolCallId)
      if (chunk.type === 'tool-call-start') {
        const { type: _type, ...start } = chunk
        open.set(chunk.toolCallId, { ...start, argumentsText: '' })
      } else if (chunk.type === 'tool-call-delta' && call) {
        open.set(chunk.toolCallId, { ...call, argumentsText: call.argumentsText + chunk.argumentsText })
      } else if (chunk.type === 'tool-call-end') {
        open.delete(chunk.toolCallId)
        return call
      }
      return undefined
    },
  }
}

/** The arguments as a value: `{}` where there are none, undefined where they are no JSON. */
export function callInput({ argumentsText }: { readonly argumentsText: string }): unknown {
  return parseJson(argumentsText || '{}')
}
