import type { Chunk } from '../chunk.ts'
import { asNumber, asObject, asText, isObject, type JsonObject } from '../json.ts'

interface Slot {
  /** What the rest of the program knows the call by: the provider's id, or one of ours where it sent none. */
  readonly toolCallId: string
  providerId: string | undefined
  started: boolean
  /** What is not emitted yet. */
  argumentsText: string
}

export interface ToolCallReader {
  /** Reads one `{index, id, function: {name, arguments}}`. */
  read(delta: JsonObject): void
  /** Says that every call is whole, and starts those whose name never came. Returns whether there are any. */
  end(): boolean
}

/**
 * Puts tool calls together from their deltas. The slot is the index. A new id at a taken index opens a new slot, since
 * some servers number every call 0; without an index an id opens a slot, and what has neither goes to the last one. Two
 * calls with one id are two: the second is given another.
 */
export function createToolCallReader(emit: (chunk: Chunk) => void): ToolCallReader {
  const slots: Slot[] = []
  const byIndex = new Map<number, Slot>()

  function slotFor(index: number | undefined, id: string | undefined): Slot {
    const taken = index === undefined ? slots.at(-1) : byIndex.get(index)
    if (taken && (!id || taken.providerId === id || (!taken.providerId && index !== undefined))) {
      taken.providerId ??= id
      return taken
    }
    const isTaken = slots.some(({ toolCallId }) => toolCallId === id)
    const toolCallId = id && !isTaken ? id : `call_${slots.length}`
    const slot: Slot = { toolCallId, providerId: id, started: false, argumentsText: '' }
    slots.push(slot)
    if (index !== undefined) byIndex.set(index, slot)
    return slot
  }

  /** The name may come after the first arguments: they wait for it. */
  function advance(slot: Slot, toolName: string | undefined): void {
    const { toolCallId, argumentsText } = slot
    if (!slot.started && toolName !== undefined) {
      slot.started = true
      emit({ type: 'tool-call-start', toolCallId, toolName })
    }
    if (!slot.started || !argumentsText) return
    slot.argumentsText = ''
    emit({ type: 'tool-call-delta', toolCallId, argumentsText })
  }

  return {
    read(delta) {
      const details = asObject(delta.function)
      const id = asText(delta.id)
      // The text "null" is a placeholder that some servers send.
      const slot = slotFor(asNumber(delta.index), id === 'null' ? undefined : id)
      // Some local servers send the arguments as an object, whole.
      slot.argumentsText += isObject(details.arguments)
        ? JSON.stringify(details.arguments)
        : (asText(details.arguments) ?? '')
      advance(slot, asText(details.name))
    },
    end() {
      for (const slot of slots) {
        advance(slot, '')
        emit({ type: 'tool-call-end', toolCallId: slot.toolCallId })
      }
      return slots.length > 0
    },
  }
}
