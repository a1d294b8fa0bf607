import type { ChatError } from './errors.ts'

/**
 * Takes a secret out of an error: servers repeat what they refused, and where that was cut, half of it. What is shorter
 * than 8 characters is no secret but a placeholder, and may be a word of ours.
 */
export function withoutKey(error: ChatError, secret: string | undefined): ChatError {
  // Its first characters, without the `Bearer` before it.
  const start = secret?.split(' ').at(-1)?.slice(0, 8) ?? ''
  if (start.length < 8) return error
  const pattern = new RegExp(`${start.replace(/\W/g, '\\$&')}[^\\s"'<>]*`, 'g')
  for (const field of ['message', 'stack', 'excerpt', 'providerCode'] as const) {
    Object.assign(error, { [field]: error[field]?.replace(pattern, '…') })
  }
  return error
}
