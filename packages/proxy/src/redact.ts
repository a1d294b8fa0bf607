import { concatBytes } from './bytes.ts'

// `ollama`, `EMPTY`, `none`: what servers without keys are given in place of one. Blotting those out would hurt answers.
const shortestSecret = 8

/** The values that must not get out: those of headers whose name says so, without `Bearer` or another scheme. */
export function secretsOf(headers: Headers): string[] {
  const secrets: string[] = []
  for (const [name, value] of headers) {
    const secret = value.replace(/^\w+ /, '')
    if (/auth|key|token|secret|cookie/.test(name) && secret.length >= shortestSecret) secrets.push(secret)
  }
  return secrets
}

export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)
}

export interface Redactor {
  push(bytes: Uint8Array): Uint8Array
  /** What was held back. Not to be sent where the body broke off: it is the beginning of a secret. */
  end(): Uint8Array
}

/** Blots secrets out of bytes. A piece that ends like the beginning of a secret keeps that much back for the next. */
export function createRedactor(secrets: readonly string[]): Redactor {
  // One character for each byte, so places in the text are places in the bytes.
  const latin1 = new TextDecoder('latin1')
  let held: Uint8Array = new Uint8Array()

  function push(bytes: Uint8Array): Uint8Array {
    if (secrets.length === 0) return bytes
    let piece = concatBytes(held, bytes)
    const text = latin1.decode(piece)
    let keep = 0
    for (const secret of secrets) {
      for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) {
        // The piece may be the sender's own memory, so it is copied before it is written to.
        if (piece === bytes) piece = bytes.slice()
        piece.fill(0x2a, at, at + secret.length)
      }
      keep = Math.max(keep, overlap(text, secret))
    }
    held = piece.slice(piece.length - keep)
    return piece.subarray(0, piece.length - keep)
  }

  return { push, end: () => held }
}

/** How many of the secret's first characters the text ends in, short of all. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return 0
}
