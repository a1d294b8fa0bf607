import type { Chunk, FinishReason, Usage, WireFormatName } from '@millrace/core'
import { fileData } from '../encoders/files.ts'
import { partsOf, wholeMessage } from '../encoders/whole-message.ts'

/** What a reply comes to, whatever the order in which it was said. */
export interface Account {
  readonly answerer: { readonly responseId?: unknown; readonly model?: string | undefined }
  readonly said: string
  readonly refused: string
  readonly thought: string
  readonly signatures: readonly string[]
  readonly calls: readonly AccountedCall[]
  readonly sources: readonly { readonly url: string; readonly title?: string; readonly id?: string }[]
  readonly files: readonly { readonly mediaType: string; readonly data: string | undefined }[]
  readonly usage: Usage | undefined
  readonly finishReason: FinishReason | undefined
}

interface AccountedCall {
  readonly id: string
  readonly name: string
  readonly argumentsText: string
  readonly isProviders: boolean
  readonly isWhole: boolean
}

/** The account of what was written. */
export function accountOf(chunks: readonly Chunk[]): Account {
  const message = wholeMessage(chunks)
  const { metadata, model, usage, finishReason } = message
  return {
    answerer: { responseId: metadata?.responseId, model },
    said: textOf(chunks, 'text-delta'),
    refused: textOf(chunks, 'refusal-delta'),
    thought: textOf(chunks, 'reasoning-delta'),
    signatures: chunks.flatMap((chunk) => (chunk.type === 'reasoning-delta' && chunk.signature) || []),
    calls: partsOf(message, 'tool-call').map((call) => ({
      id: call.toolCallId,
      name: call.toolName,
      argumentsText: call.argumentsText || '{}',
      isProviders: call.providerExecuted ?? false,
      isWhole: call.state === 'input-available',
    })),
    sources: partsOf(message, 'source').map(({ type: _type, ...source }) => source),
    files: partsOf(message, 'file').map((part) => ({ mediaType: part.mediaType, data: fileData(part) })),
    usage,
    finishReason,
  }
}

function textOf(chunks: readonly Chunk[], ...types: readonly Chunk['type'][]): string {
  return chunks.map((chunk) => ('text' in chunk && types.includes(chunk.type) ? chunk.text : '')).join('')
}

/** What a format leaves of the account of a reply. */
type Journey = (account: Account, chunks: readonly Chunk[]) => Account

const journeys: Readonly<Record<WireFormatName, Journey>> = {
  'openai-chat': (account) => {
    const calls = account.calls.map((call) => ({ ...call, isProviders: false }))
    return { ...account, calls, sources: withoutIds(account), finishReason: callsCount(account, calls) }
  },
  'openai-responses': (account) => {
    const usage = account.finishReason === 'incomplete' ? undefined : account.usage
    const finishReason = callsDecide(account, clientCalls(account))
    return { ...account, signatures: [], sources: withoutIds(account), usage, finishReason }
  },
  anthropic: (account, chunks) => ({
    ...withRefusalAsText(account, chunks),
    sources: withoutIds(account),
    files: [],
    usage: plainUsage(account),
    finishReason: callsCount(account, clientCalls(account)),
  }),
  gemini: (account, chunks) => {
    const calls = wholeCalls(account, chunks)
    const finishReason = callsDecide(account, calls)
    return { ...withRefusalAsText(account, chunks), calls, sources: withoutIds(account), finishReason }
  },
  ollama: (account, chunks) => {
    const calls = wholeCalls(account, chunks)
    const decided = callsDecide(account, calls)
    const isOver = decided !== 'incomplete' && decided !== 'error'
    return {
      ...withRefusalAsText(account, chunks),
      answerer: { responseId: undefined, model: account.answerer.model },
      calls: calls.map((call, index) => ({ ...call, id: `call_${index}` })),
      signatures: [],
      sources: [],
      files: [],
      usage: isOver ? plainUsage(account) : undefined,
      finishReason: decided === 'content-filter' ? 'unknown' : decided,
    }
  },
  'ui-message-stream': (account, chunks) => {
    const hasCalls = clientCalls(account).some(({ isWhole }) => isWhole)
    const { finishReason } = account
    return {
      ...withRefusalAsText(account, chunks),
      signatures: account.signatures.map((signature) => JSON.stringify({ fake: { signature } })),
      sources: account.sources.map((source) => ({ ...source, id: source.id ?? source.url })),
      finishReason: hasCalls && (finishReason === 'stop' || finishReason === 'unknown') ? 'tool-calls' : finishReason,
    }
  },
  text: (_, chunks) => ({
    ...accountOf([]),
    said: textOf(chunks, 'text-delta', 'refusal-delta'),
    finishReason: 'unknown',
  }),
}

/** What should be there of a reply after it went through the format. */
export function expected(name: WireFormatName, chunks: readonly Chunk[]): Account {
  return comparable(journeys[name](accountOf(chunks), chunks))
}

/** What is there of it. */
export function arrived(name: WireFormatName, chunks: readonly Chunk[]): Account {
  const account = accountOf(chunks)
  // An image comes with the call that made it.
  const calls = account.calls.filter((call) => call.name !== 'image_generation')
  const usage = name === 'anthropic' ? plainUsage(account) : account.usage
  return comparable({ ...account, calls, usage })
}

/** Readers say a call is whole where the reply as a whole is; a page is named once. */
function comparable(account: Account): Account {
  const urls = account.sources.map(({ url }) => url)
  const sources = account.sources.filter(({ url }, index) => urls.indexOf(url) === index)
  return { ...account, sources, calls: account.calls.map((call) => ({ ...call, isWhole: true })) }
}

function clientCalls({ calls }: Account): readonly AccountedCall[] {
  return calls.filter(({ isProviders }) => !isProviders)
}

/** Where calls come whole, they come in the order of their ends. */
function wholeCalls(account: Account, chunks: readonly Chunk[]): readonly AccountedCall[] {
  const calls = clientCalls(account)
  return chunks.flatMap((chunk) =>
    chunk.type === 'tool-call-end' ? calls.filter(({ id }) => id === chunk.toolCallId) : [],
  )
}

/** A stop with calls is one for their sake. */
function callsCount({ finishReason }: Account, calls: readonly AccountedCall[]): FinishReason | undefined {
  return finishReason === 'stop' && calls.length > 0 ? 'tool-calls' : finishReason
}

/** Nothing but the calls tells the two reasons apart. */
function callsDecide(account: Account, calls: readonly AccountedCall[]): FinishReason | undefined {
  return callsCount(
    { ...account, finishReason: account.finishReason === 'tool-calls' ? 'stop' : account.finishReason },
    calls,
  )
}

function withoutIds({ sources }: Account): Account['sources'] {
  return sources.map(({ id: _id, ...source }) => source)
}

function withRefusalAsText(account: Account, chunks: readonly Chunk[]): Account {
  return { ...account, said: textOf(chunks, 'text-delta', 'refusal-delta'), refused: '' }
}

function plainUsage({ usage }: Account): Usage | undefined {
  if (!usage) return undefined
  const { inputTokens, outputTokens } = usage
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }
}
