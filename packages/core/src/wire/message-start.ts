import type { Chunk } from '../chunk.ts'
import { asText, defined } from '../json.ts'

/** Says who answers, once that is known, and again when more of it is: some servers name their model late. */
export function createStartReader(emit: (chunk: Chunk) => void): (id: unknown, modelId: unknown) => void {
  let responseId: string | undefined
  let model: string | undefined
  return (id, modelId) => {
    const before = responseId
    const modelBefore = model
    responseId ??= asText(id)
    model ??= asText(modelId)
    if (responseId !== before || model !== modelBefore) emit(defined({ type: 'message-start', responseId, model }))
  }
}
