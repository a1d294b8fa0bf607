// Most pieces of an event stream end where a line does, and those are decoded many times faster by themselves.
const whole = new TextDecoder('utf-8', { ignoreBOM: true })

/** Turns bytes into text, a piece at a time; a character may be cut in two. */
export interface TextPieces {
  push(bytes: Uint8Array): string
  end(): string
}

export function createTextPieces(): TextPieces {
  let streaming: TextDecoder | undefined = new TextDecoder()

  return {
    push(bytes) {
      const endsInCharacter = (bytes.at(-1) ?? 0) >= 0x80
      if (!streaming && !endsInCharacter) return whole.decode(bytes)
      streaming ??= new TextDecoder('utf-8', { ignoreBOM: true })
      const text = streaming.decode(bytes, { stream: true })
      // After a character that is whole nothing is left in it.
      if (!endsInCharacter && bytes.length > 0) streaming = undefined
      return text
    },
    end: () => streaming?.decode() ?? '',
  }
}
