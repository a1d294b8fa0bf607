'use client'
import { type PartialJson, parsePartialJson, type ToolCallPart } from '@millrace/core'
import { useState } from 'react'

/**
 * What a tool is being asked, while the model still writes it: `input` once the call is whole, before that as much of
 * it as has come. What did not change keeps its identity. Takes time linear in the arguments, however they arrive.
 */
export function usePartialInput(call: ToolCallPart): unknown {
  const [reader] = useState(createReader)
  return call.state === 'input-streaming' ? reader.read(call) : call.input
}

/** Arguments only ever grow, so reading on in a render that React throws away does no harm: the next reads on from there. */
function createReader(): { read(call: ToolCallPart): unknown } {
  let toolCallId: string | undefined
  let json: PartialJson = parsePartialJson()
  let length = 0
  return {
    read(call) {
      if (call.toolCallId !== toolCallId) {
        toolCallId = call.toolCallId
        json = parsePartialJson()
        length = 0
      }
      json.push(call.argumentsText.slice(length))
      length = Math.max(length, call.argumentsText.length)
      return json.value
    },
  }
}
