// `ollama`, `EMPTY`, `none`: what servers without keys are given in place of one. Blotting those out would hurt answers.
const shortestSecret = 8

// What keys look like that are not ours: an upstream may have some of its own, and repeat them in an error.
const looksLikeAKey = /\b(?:sk|pk|rk|hf|gsk|xai|key|AIza)[-_][\w-]{16,}|\bAIza[\w-]{30,}|\bBearer\s+[\w.~+/-]{16,}=*/g

const placeholder = '[redacted]'

/** The values that must not get out: those of headers or parameters whose name says so, without `Bearer` or another scheme. */
export function secretsOf(headers: Iterable<readonly [name: string, value: string]>): string[] {
  const secrets: string[] = []
  for (const [name, value] of headers) {
    const secret = value.replace(/^\w+ /, '')
    if (/auth|key|token|secret|cookie/i.test(name) && secret.length >= shortestSecret) secrets.push(secret)
  }
  return secrets
}

/** The text without those secrets, nor as JSON spells them. */
export function redactText(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) {
    if (clean.includes(secret)) clean = clean.replaceAll(secret, placeholder)
    // JSON may write a slash as \/.
    const escaped = secret.replaceAll('/', '\\/')
    if (escaped !== secret && clean.includes(escaped)) clean = clean.replaceAll(escaped, placeholder)
  }
  return clean
}

/** The same for what is told of a failure, where whatever looks like a key has no business either. */
export function redactError(text: string, secrets: readonly string[]): string {
  return redactText(text, secrets).replace(looksLikeAKey, placeholder)
}
