/** Numbers from 0 to 1. */
export type Random = () => number

const snippets = [
  ...['data: ', 'data:', '\n', '\n\n', '\r', '\r\n\r\n', ': ping\n', 'event: error\n', 'id: \0\n', 'retry: 1\n'],
  ...['data: [DONE]\n\n', 'data: [DONE]', '[DONE] ', 'error: {"message":"x"}\n', '{"error":{"message":"x"}}\n'],
  ...['<html>', '{', '}', '"', '\\', '\\ud83d', 'null', '[]', '"__proto__":{"a":1},', '{"choices":null}', '\0'],
  ...['\ufeff', '\u2028', '🙂', 'ệ', '{"choices":[{"index":0,"delta":{"content":5}}]}', '{"type":"message_stop"}'],
]
const utf8 = new TextEncoder()

const int = (random: Random, below: number) => Math.floor(random() * below)
const noise = (random: Random, length: number) => Uint8Array.from({ length }, () => int(random, 256))

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

type Mutation = (bytes: Uint8Array, at: number, random: Random) => Uint8Array

const mutations: readonly Mutation[] = [
  function flip(bytes, at, random) {
    return join(bytes.slice(0, at), noise(random, 1), bytes.slice(at + 1))
  },
  function remove(bytes, at, random) {
    return join(bytes.slice(0, at), bytes.slice(at + 1 + int(random, 40)))
  },
  function repeat(bytes, at, random) {
    return join(bytes.slice(0, at + 1 + int(random, 200)), bytes.slice(at))
  },
  function insert(bytes, at, random) {
    return join(bytes.slice(0, at), noise(random, 1 + int(random, 8)), bytes.slice(at))
  },
  function insertSnippet(bytes, at, random) {
    const snippet = snippets[int(random, snippets.length)] ?? ''
    return join(bytes.slice(0, at), utf8.encode(snippet), bytes.slice(at))
  },
  function truncate(bytes, at) {
    return bytes.slice(0, at)
  },
  function replaceRest(bytes, at, random) {
    return join(bytes.slice(0, at), noise(random, int(random, 300)))
  },
]

export interface Mutated {
  readonly bytes: Uint8Array
  /** Everything before this place is as it was. */
  readonly intact: number
}

/** The same bytes with a few things done to them. */
export function mutate(original: Uint8Array, random: Random): Mutated {
  let bytes = original
  let intact = original.length
  for (let count = 1 + int(random, 3); count > 0; count--) {
    const at = int(random, bytes.length + 1)
    intact = Math.min(intact, at)
    bytes = mutations[int(random, mutations.length)]?.(bytes, at, random) ?? bytes
  }
  return { bytes, intact }
}

/** The bytes in pieces: whole, single, or cut at random. */
export function pieces(bytes: Uint8Array, random: Random): Uint8Array[] {
  const longest = [bytes.length, 1, 7, 64, 500][int(random, 5)] ?? 1
  const cut: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + int(random, longest)
    cut.push(bytes.subarray(at, end))
    at = end
  }
  return cut
}
