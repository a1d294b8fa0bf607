import { type Chunk, type Message, readReply, type WireFormatName } from '@millrace/core'
import { expect, it } from 'vitest'
import { anthropicEncoding } from './encoders/anthropic.ts'
import { encodeReply } from './encoders/encode-reply.ts'
import { geminiEncoding } from './encoders/gemini.ts'
import { ollamaEncoding } from './encoders/ollama.ts'
import { openaiChatEncoding } from './encoders/openai-chat.ts'
import { openaiResponsesEncoding } from './encoders/openai-responses.ts'
import { textEncoding } from './encoders/text.ts'
import { uiMessageStreamEncoding } from './encoders/ui-message-stream.ts'
import { createRandom } from './random.ts'
import { mutate, pieces, type Random } from './test-support/mutate.ts'

// A bounded run here; `pnpm fuzz` makes it a long one.
const runs = Number(process.env.MILLRACE_FUZZ_RUNS ?? 3000)

const chunks: readonly Chunk[] = [
  { type: 'message-start', responseId: 'r1', model: 'm1' },
  { type: 'reasoning-delta', text: 'Let me think about “một trăm” 🙂.' },
  ...['Xin ', 'chào! ', 'Here is ', 'the answer:\n\n', '- 日本語\n', '- 🙂 done.'].map(
    (text): Chunk => ({ type: 'text-delta', text }),
  ),
  { type: 'tool-call-start', toolCallId: 'c1', toolName: 'look_up' },
  { type: 'tool-call-delta', toolCallId: 'c1', argumentsText: '{"city":"Huế","days":3}' },
  { type: 'usage', usage: { inputTokens: 12, outputTokens: 30, totalTokens: 42 } },
  { type: 'tool-call-end', toolCallId: 'c1' },
  { type: 'message-end', finishReason: 'tool-calls' },
]
const encodings = {
  'openai-chat': openaiChatEncoding,
  'openai-responses': openaiResponsesEncoding,
  anthropic: anthropicEncoding,
  gemini: geminiEncoding,
  ollama: ollamaEncoding,
  'ui-message-stream': uiMessageStreamEncoding,
  text: textEncoding,
}
const formats = Object.keys(encodings) as WireFormatName[]
const streams = new Map(formats.map((name) => [name, encodeReply(chunks, { encoding: encodings[name] })]))

function bodyOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
}

const read = (parts: readonly Uint8Array[], wire: WireFormatName): Promise<Message> =>
  readReply(bodyOf(parts), { wire })

/** The text of the events that are whole before a place. */
async function textBefore(bytes: Uint8Array, place: number, wire: WireFormatName): Promise<string> {
  const events = new TextDecoder('latin1').decode(bytes.subarray(0, place))
  const ends = [...events.matchAll(wire === 'ollama' ? /\n/g : /\r?\n\r?\n/g)]
  const last = ends.at(-1)
  // Without any whole event there is nothing to lose, and plain text has no events.
  if (!last || wire === 'text') return ''
  const end = last.index + last[0].length
  return (await read([bytes.subarray(0, end)], wire)).content
}

/** What is wrong with how a spoilt stream was read; undefined where nothing is. */
async function fault(wire: WireFormatName, random: Random): Promise<string | undefined> {
  const original = streams.get(wire) ?? new Uint8Array()
  const { bytes, intact } = mutate(original, random)
  const message = await read(pieces(bytes, random), wire)
  if (message.status !== 'done' || !message.finishReason) return 'is not over'
  if (message.finishReason === 'error' && !message.error) return 'failed without an error'
  const whole = await read([bytes], wire)
  if (whole.content !== message.content || whole.finishReason !== message.finishReason)
    return 'depends on how it was cut'
  if (!message.content.startsWith(await textBefore(original, intact, wire))) return 'lost what came before'
  return undefined
}

it.each(formats)(
  'reads %s however it is spoilt, and loses nothing that came before',
  { timeout: runs * 20 },
  async (wire) => {
    const faults: string[] = []
    for (let seed = 1; seed <= runs / formats.length && faults.length < 5; seed++) {
      const found = await fault(wire, createRandom(seed))
      if (found) faults.push(`seed ${seed} ${found}`)
    }
    expect(faults).toEqual([])
  },
)

it.each(formats)('reads noise as %s without a throw or a hang', { timeout: runs * 20 }, async (wire) => {
  for (let seed = 1; seed <= runs / formats.length / 3; seed++) {
    const random = createRandom(seed)
    const noise = Uint8Array.from({ length: 400 }, () => Math.floor(random() * 256))
    expect((await read(pieces(noise, random), wire)).status).toBe('done')
  }
})
