import { assertTransportOptions, holysheepWithImages } from '@millrace/core'
import type { ChatOptions, WhenBusy } from './chat-options.ts'
import type { Tools } from './tool.ts'
import type { ToolLoop } from './tool-loop.ts'

type Defaults = { readonly [Name in keyof Required<ChatOptions>]: ChatOptions[Name] }
/** The options of a chat, with the defaults filled in. */
export type ResolvedOptions = ChatOptions & {
  readonly [Name in 'provider' | 'messages' | 'maxSteps' | 'pace' | 'whenBusy']-?: ChatOptions[Name] & {}
}

// Holds every option there is, so that what is not here does not exist; the compiler sees that none is missing.
const defaults: Defaults = {
  id: undefined,
  provider: holysheepWithImages,
  baseURL: undefined,
  wire: undefined,
  model: undefined,
  apiKey: undefined,
  headers: undefined,
  body: undefined,
  fetch: undefined,
  system: undefined,
  messages: [],
  thread: undefined,
  persist: undefined,
  attachments: undefined,
  tools: undefined,
  maxSteps: 8,
  timeouts: undefined,
  retry: undefined,
  resume: undefined,
  requireFinishReason: undefined,
  maxEventLength: undefined,
  pace: 'frame',
  whenBusy: 'queue',
  onChunk: undefined,
  onFinish: undefined,
  onError: undefined,
  onToolCall: undefined,
}

/**
 * Fills in the defaults and finds mistakes at the call.
 * @throws {TypeError} for an option that does not exist and for one that cannot work.
 */
export function resolveOptions(options: ChatOptions): ResolvedOptions {
  const given: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    expectOneOf('An option', name, Object.keys(defaults))
    if (value !== undefined) given[name] = value
  }
  // The default provider takes more than images by what reads files; every other does anyway.
  const wire = options.provider ? undefined : options.attachments?.wire
  const resolved = { ...defaults, wire, ...given } as ResolvedOptions // what has a default is there
  const { pace, whenBusy, tools = {} } = resolved
  if (typeof pace === 'string') expectOneOf('pace', pace, ['frame', 'chunk'])
  expectWhenBusy(whenBusy)
  if (Object.values(tools).some((each) => !each.loop)) throw new TypeError('Make each tool with tool().')
  assertTransportOptions(resolved)
  return resolved
}

/** @throws {TypeError} for what is none. */
export function expectWhenBusy(whenBusy: WhenBusy): void {
  expectOneOf('whenBusy', whenBusy, ['queue', 'interrupt', 'reject'])
}

function expectOneOf(what: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new TypeError(`${what} has to be one of ${known.join(', ')}, not "${value}".`)
}

/** What runs these tools; undefined where there are none. */
export function loopOf({ tools = {} }: { readonly tools?: Tools | undefined }): ToolLoop | undefined {
  return Object.values(tools)[0]?.loop
}
