import { assertTransportOptions, holysheep } from '@millrace/core'
import type { ChatOptions } from './chat-options.ts'

// The compiler holds this list to the type: an option that is missing here is an error.
const known: Readonly<Record<keyof ChatOptions, true>> = {
  id: true,
  provider: true,
  baseURL: true,
  wire: true,
  model: true,
  apiKey: true,
  headers: true,
  body: true,
  fetch: true,
  system: true,
  messages: true,
  timeouts: true,
  retry: true,
  requireFinishReason: true,
  pace: true,
  whenBusy: true,
  onChunk: true,
  onFinish: true,
  onError: true,
}

/**
 * Finds mistakes at the call.
 * @throws {TypeError} for an option that does not exist and for one that cannot work.
 */
export function assertChatOptions(options: ChatOptions): void {
  for (const name of Object.keys(options)) expectOneOf('An option', name, Object.keys(known))
  const { pace = 'frame', whenBusy = 'queue', provider = holysheep } = options
  if (typeof pace === 'string') expectOneOf('pace', pace, ['frame', 'chunk'])
  expectOneOf('whenBusy', whenBusy, ['queue', 'interrupt', 'reject'])
  assertTransportOptions({ ...options, provider })
}

function expectOneOf(what: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new TypeError(`${what} has to be one of ${known.join(', ')}, not "${value}".`)
}
