import type { ChatBody } from '../options.ts'
import type { Upstream } from '../upstream/upstream.ts'

/** A request as it goes upstream. */
export interface SpelledBody {
  /** For that upstream, which may call the model something else. */
  for(upstream: Upstream): Uint8Array<ArrayBuffer> | string
  /** Whether the usage was asked for by the proxy alone. */
  readonly keepsUsage: boolean
}

export interface SpellOptions {
  /** Whether the client's own bytes may be sent, where nothing in them was changed. */
  readonly mayPassBytes: boolean
  readonly includeUsage: boolean
}

/**
 * @param bytes What the client sent, of which `original` was read.
 * @param body What is to be sent.
 */
export function spellBody(
  bytes: Uint8Array<ArrayBuffer>,
  original: ChatBody,
  body: ChatBody,
  { mayPassBytes, includeUsage }: SpellOptions,
): SpelledBody {
  const wanted = includeUsage && body.stream === true ? withUsage(body) : body
  const keepsUsage = wanted !== body
  const passesBytes = mayPassBytes && body === original

  return {
    keepsUsage,
    for({ modelNames }) {
      const model = typeof body.model === 'string' ? modelNames.get(body.model) : undefined
      if (model !== undefined) return JSON.stringify({ ...wanted, model })
      // As it came, where nobody changed it: numbers too large for JavaScript stay what they are.
      if (!passesBytes) return JSON.stringify(wanted)
      if (!keepsUsage) return bytes
      return body.stream_options === undefined ? usageAskedIn(bytes) : JSON.stringify(wanted)
    },
  }
}

/** The same object where the client asks for it anyway. */
function withUsage(body: ChatBody): ChatBody {
  const options = typeof body.stream_options === 'object' ? body.stream_options : {}
  if (options && 'include_usage' in options && options.include_usage === true) return body
  return { ...body, stream_options: { ...options, include_usage: true } }
}

/** Adds the option behind the first brace; the rest stays to the byte. */
function usageAskedIn(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  // There is one, and something behind it: it was read as an object that asks for a stream.
  const at = bytes.indexOf(0x7b) + 1
  const option = new TextEncoder().encode('"stream_options":{"include_usage":true},')
  const result = new Uint8Array(bytes.length + option.length)
  result.set(bytes.subarray(0, at))
  result.set(option, at)
  result.set(bytes.subarray(at), at + option.length)
  return result
}
