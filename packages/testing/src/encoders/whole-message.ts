import { applyChunk, type Chunk, createMessage, type Message, type Part } from '@millrace/core'

/** The message that the chunks make: what an answer without a stream says at once. */
export function wholeMessage(chunks: readonly Chunk[]): Message {
  const start = createMessage({ role: 'assistant', status: 'pending' })
  return chunks.reduce((before, chunk) => applyChunk(before, chunk), start)
}

/** The parts of that type, in their order. */
export function partsOf<Type extends Part['type']>({ parts }: Message, type: Type): Extract<Part, { type: Type }>[] {
  return parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type)
}

/** What the parts of that type say, joined. */
export function joinedText(message: Message, type: 'text' | 'reasoning' | 'refusal'): string {
  return partsOf(message, type)
    .map(({ text }) => text)
    .join('')
}
