import type { Chunk } from '../chunk.ts'
import { asText, type JsonObject } from '../json.ts'

export interface UiToolCallReader {
  /** @returns false where the event is none about a tool. */
  read(payload: JsonObject): boolean
  /** Says that the calls left to the client are whole. Returns whether there are any, or any that wait for a person. */
  end(): boolean
}

interface Call {
  readonly providerExecuted: boolean
  hasArguments: boolean
  hasEnded: boolean
  /** For the client to run, once the message is over: until then the server may still do it. */
  isOpen: boolean
  /** The server waits for a person's word. */
  isAsking?: boolean
}

type ToolOutcome = { readonly output: unknown } | { readonly errorText: string }

function failure({ errorText }: JsonObject): string {
  return asText(errorText) ?? 'The tool failed.'
}

/**
 * Reads the tool events of a UI message stream. Nothing in a call says who runs it: what the server runs has an output
 * later in the stream. So a call is only said to be whole at the end, when it turns out to be left to the client.
 */
export function createUiToolCallReader(emit: (chunk: Chunk) => void): UiToolCallReader {
  const calls = new Map<string, Call>()

  function start(toolCallId: string, payload: JsonObject): Call {
    const call: Call = {
      providerExecuted: payload.providerExecuted === true,
      hasArguments: false,
      hasEnded: false,
      isOpen: false,
    }
    calls.set(toolCallId, call)
    emit({
      type: 'tool-call-start',
      toolCallId,
      toolName: asText(payload.toolName) ?? '',
      ...(call.providerExecuted && { providerExecuted: true }),
    })
    return call
  }

  function addArguments(toolCallId: string, call: Call, argumentsText: string | undefined): void {
    if (!argumentsText) return
    call.hasArguments = true
    emit({ type: 'tool-call-delta', toolCallId, argumentsText })
  }

  /** The input repeats what its deltas said, where there were any. */
  function readInput(toolCallId: string, payload: JsonObject): Call {
    const call = calls.get(toolCallId) ?? start(toolCallId, payload)
    if (!call.hasArguments) addArguments(toolCallId, call, JSON.stringify(payload.input))
    return call
  }

  function readEvent(toolCallId: string, payload: JsonObject): void {
    const call = calls.get(toolCallId)
    switch (payload.type) {
      case 'tool-input-start':
        start(toolCallId, payload)
        return
      case 'tool-input-delta':
        if (call) addArguments(toolCallId, call, asText(payload.inputTextDelta))
        return
      case 'tool-input-available': {
        const whole = readInput(toolCallId, payload)
        whole.isOpen = !whole.providerExecuted
        if (whole.providerExecuted) endCall(toolCallId, whole)
        return
      }
      case 'tool-input-error':
        return settle(toolCallId, readInput(toolCallId, payload), { errorText: failure(payload) })
      case 'tool-output-available':
        return settle(toolCallId, call, { output: payload.output })
      case 'tool-output-error':
        return settle(toolCallId, call, { errorText: failure(payload) })
      case 'tool-output-denied':
        return settle(toolCallId, call, { errorText: 'The call was denied.' })
      case 'tool-approval-request':
        return call && askFor(toolCallId, call, asText(payload.approvalId))
    }
  }

  /** The server runs it, once it is told to. */
  function askFor(toolCallId: string, call: Call, approvalId: string | undefined): void {
    call.isOpen = false
    if (call.hasEnded || !approvalId) return
    call.hasEnded = true
    call.isAsking = true
    emit({ type: 'tool-call-end', toolCallId, approvalId })
  }

  function endCall(toolCallId: string, call: Call): void {
    if (!call.hasEnded) emit({ type: 'tool-call-end', toolCallId })
    call.hasEnded = true
  }

  /** The server ran it, or will not: either way nothing is left for the client to do. */
  function settle(toolCallId: string, call: Call | undefined, outcome: ToolOutcome): void {
    if (call) {
      call.isOpen = call.isAsking = false
      endCall(toolCallId, call)
    }
    // Without one it is a call of an earlier stream, which has been approved since.
    emit({ type: 'tool-call-output', toolCallId, ...outcome })
  }

  return {
    read(payload) {
      const toolCallId = asText(payload.toolCallId)
      if (toolCallId) readEvent(toolCallId, payload)
      return toolCallId !== undefined
    },
    end() {
      const open = [...calls].filter(([, call]) => call.isOpen)
      for (const [toolCallId, call] of open) endCall(toolCallId, call)
      return open.length > 0 || [...calls.values()].some(({ isAsking }) => isAsking)
    },
  }
}
