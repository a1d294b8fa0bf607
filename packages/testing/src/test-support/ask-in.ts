import {
  type ChatRequest,
  type Chunk,
  createMessage,
  holysheep,
  streamReply,
  type TransportOptions,
  type WireFormatName,
} from '@millrace/core'
import { wireFormat } from '@millrace/core/wire'
import { encodings } from '../encoders/formats.ts'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '../fake-provider.ts'

/** Every format. */
export const formatNames = Object.keys(encodings) as WireFormatName[] // the keys of a record of these

/** Where its clients are pointed. */
export function baseURLIn(name: WireFormatName, url = 'http://fake-provider'): string {
  if (name === 'ollama') return url
  return name === 'ui-message-stream' || name === 'text' ? `${url}/api/chat` : `${url}/v1`
}

/** A provider that speaks the format: all do, but for the two that have to be asked for. */
export function providerIn(name: WireFormatName, options: FakeProviderOptions = {}): FakeProvider {
  const isOwnRoute = name === 'ui-message-stream' || name === 'text'
  return createFakeProvider({ ...(isOwnRoute && { encoding: encodings[name] }), ...options })
}

export const hello: ChatRequest = { model: 'fake-model', messages: [createMessage({ role: 'user', content: 'Hi' })] }

/** What core's client gets from it, asked once. */
export async function askIn(
  name: WireFormatName,
  { fetch }: Pick<FakeProvider, 'fetch'>,
  { request, ...options }: Partial<TransportOptions> & { readonly request?: Partial<ChatRequest> } = {},
): Promise<Chunk[]> {
  const wire = wireFormat(name)
  const defaults = { provider: holysheep, wire, baseURL: baseURLIn(name), fetch, retry: { attempts: 0 } }
  const chunks: Chunk[] = []
  for await (const chunk of streamReply({ ...hello, ...request }, { ...defaults, ...options })) chunks.push(chunk)
  return chunks
}
