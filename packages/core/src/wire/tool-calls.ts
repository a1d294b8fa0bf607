import type { Chunk } from '../chunk.ts'
import { isObject, numberAt, textAt } from '../json.ts'

interface Slot {
  /** What the rest of the program knows the call by: the provider's id, or one of ours where it sent none. */
  readonly toolCallId: string
  providerId: string | undefined
  started: boolean
  argumentsText: string
}

export interface ToolCallReader {
  /** Reads one `{index, id, function: {name, arguments}}`. */
  read(delta: unknown): void
  /** Says that every call is whole, or starts those whose name never came. */
  end(): void
  readonly count: number
}

/**
 * Puts tool calls together from their deltas. The slot is the index. A new id at a taken index opens a new slot, since
 * some servers number every call 0; without an index an id opens a slot, and what has neither goes to the last one.
 */
export function createToolCallReader(emit: (chunk: Chunk) => void): ToolCallReader {
  const slots: Slot[] = []
  const byIndex = new Map<number, Slot>()

  function slotFor(index: number | undefined, id: string | undefined): Slot {
    const taken = index === undefined ? slots.at(-1) : byIndex.get(index)
    const isNew = id !== undefined && taken?.providerId !== undefined && taken.providerId !== id
    if (taken && !isNew && !(index === undefined && id !== undefined && taken.providerId !== id)) {
      taken.providerId ??= id
      return taken
    }
    const slot: Slot = { toolCallId: id ?? `call_${slots.length}`, providerId: id, started: false, argumentsText: '' }
    slots.push(slot)
    if (index !== undefined) byIndex.set(index, slot)
    return slot
  }

  /** The name may come after the first arguments: they wait for it. */
  function start(slot: Slot, toolName: string): void {
    slot.started = true
    emit({ type: 'tool-call-start', toolCallId: slot.toolCallId, toolName })
    if (slot.argumentsText)
      emit({ type: 'tool-call-delta', toolCallId: slot.toolCallId, argumentsText: slot.argumentsText })
  }

  return {
    read(delta) {
      const details = isObject(delta) && isObject(delta.function) ? delta.function : undefined
      const id = textAt(delta, 'id')
      // The text "null" is a placeholder that some servers send.
      const slot = slotFor(numberAt(delta, 'index'), id === 'null' ? undefined : id)
      const toolName = textAt(details, 'name')
      if (toolName && !slot.started) start(slot, toolName)
      const argumentsText = isObject(details?.arguments)
        ? JSON.stringify(details.arguments)
        : textAt(details, 'arguments')
      if (!argumentsText) return
      if (slot.started) emit({ type: 'tool-call-delta', toolCallId: slot.toolCallId, argumentsText })
      else slot.argumentsText += argumentsText
    },
    end() {
      for (const slot of slots) {
        if (!slot.started) start(slot, '')
        emit({ type: 'tool-call-end', toolCallId: slot.toolCallId })
      }
    },
    get count() {
      return slots.length
    },
  }
}
