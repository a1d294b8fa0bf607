import type { Chunk } from '../chunk.ts'
import { defined } from '../json.ts'

/** Who answers, as far as a payload says it. */
export interface Answerer {
  readonly responseId?: string | undefined
  readonly model?: string | undefined
}

/** Says who answers, once that is known, and again when more of it is: some servers name their model late. */
export function createStartReader(emit: (chunk: Chunk) => void): (answerer: Answerer) => void {
  let known: Answerer = {}
  return ({ responseId, model }) => {
    const next = { responseId: known.responseId ?? responseId, model: known.model ?? model }
    if (next.responseId === known.responseId && next.model === known.model) return
    known = next
    emit(defined({ type: 'message-start', ...known }) as Chunk) // without its undefined keys it is one
  }
}
