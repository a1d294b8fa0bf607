import type { ChatError } from './errors.ts'

/** Takes the key out of an error: servers repeat what they refused, and where that was cut, half of it. */
export function withoutKey(error: ChatError, apiKey: string | undefined): ChatError {
  if (!apiKey) return error
  const pattern = new RegExp(`${apiKey.slice(0, 8).replace(/\W/g, '\\$&')}[\\w-]*`, 'g')
  for (const field of ['message', 'stack', 'excerpt'] as const) {
    Object.assign(error, { [field]: error[field]?.replace(pattern, '…') })
  }
  return error
}
