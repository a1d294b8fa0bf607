import type { Chunk } from '../chunk.ts'

export interface WholeToolCall {
  readonly toolCallId?: string | undefined
  readonly toolName: string
  /** The arguments, as JSON. */
  readonly argumentsText: string
  /** The provider runs this tool itself. */
  readonly providerExecuted?: true
}

export interface WholeToolCallReader {
  read(call: WholeToolCall): void
  /** Whether there is a call for the client to run. */
  readonly hasCalls: boolean
}

/** For formats that send each call in one piece. One that comes without an id gets one of ours. */
export function createWholeToolCallReader(emit: (chunk: Chunk) => void): WholeToolCallReader {
  let count = 0
  let hasCalls = false
  return {
    read({ toolCallId = `call_${count}`, toolName, argumentsText, providerExecuted }) {
      count++
      hasCalls ||= !providerExecuted
      emit({ type: 'tool-call-start', toolCallId, toolName, ...(providerExecuted && { providerExecuted }) })
      emit({ type: 'tool-call-delta', toolCallId, argumentsText })
      emit({ type: 'tool-call-end', toolCallId })
    },
    get hasCalls() {
      return hasCalls
    },
  }
}
