import type { Chunk } from '../chunk.ts'
import type { WireFormat } from './wire-format.ts'

const opening = '<think>'
const closing = '</think>'
// What stands before the first tag is white space, and not much of it.
const longestIndent = 100

/**
 * The same format for models that think aloud: a text that begins with `<think>` is reasoning up to `</think>`, wherever
 * the deltas are cut. For servers that leave the tags in the text, as Together, Hugging Face and older versions of Ollama
 * do: `wire: withThinkTags(openaiChat)`. Tags further on are text.
 */
export function withThinkTags(wire: WireFormat): WireFormat {
  return {
    ...wire,
    createDecoder(options) {
      const decoder = wire.createDecoder(options)
      const read = createThinkReader()
      return {
        ...decoder,
        push: (bytes) => decoder.push(bytes).flatMap(read),
        end: (lost) => decoder.end(lost).flatMap(read),
      }
    },
  }
}

function createThinkReader(): (chunk: Chunk) => readonly Chunk[] {
  /** Where the text is: before a first tag, in a thought, after it, or past all that. */
  let place: 'start' | 'thought' | 'gap' | 'text' = 'start'
  /** What may still turn out to be a tag, or the white space around one. */
  let held = ''

  function readText(text: string): readonly Chunk[] {
    held += text
    if (place === 'start') return readStart()
    if (place === 'thought') return readThought()
    if (place === 'gap') held = held.trimStart()
    if (held) place = 'text'
    return take('text-delta', held.length)
  }

  function readStart(): readonly Chunk[] {
    const begun = held.trimStart()
    if (opening.startsWith(begun) && held.length < longestIndent) return []
    place = begun.startsWith(opening) ? 'thought' : 'text'
    if (place === 'text') return take('text-delta', held.length)
    held = begun.slice(opening.length)
    return readThought()
  }

  function readThought(): readonly Chunk[] {
    const end = held.indexOf(closing)
    if (end < 0) return take('reasoning-delta', held.length - lengthOfTag(held))
    const thought = take('reasoning-delta', end)
    const rest = held.slice(closing.length)
    held = ''
    place = 'gap'
    return [...thought, ...readText(rest)]
  }

  /** So many characters of what was held. */
  function take(type: 'text-delta' | 'reasoning-delta', length: number): readonly Chunk[] {
    const text = held.slice(0, length)
    held = held.slice(length)
    return text ? [{ type, text }] : []
  }

  return (chunk) => {
    if (chunk.type === 'text-delta') return readText(chunk.text)
    // What is said beside the text does not end it.
    if (/^(usage|message-start|source|data)$/.test(chunk.type)) return [chunk]
    const rest = take(place === 'thought' ? 'reasoning-delta' : 'text-delta', held.length)
    // After a call the model may think again.
    place = 'start'
    return [...rest, chunk]
  }
}

/** How much of the end of a text may be the beginning of a closing tag. */
function lengthOfTag(text: string): number {
  let length = Math.min(text.length, closing.length - 1)
  while (!closing.startsWith(text.slice(text.length - length))) length--
  return length
}
