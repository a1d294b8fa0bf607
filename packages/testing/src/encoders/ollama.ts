import type { Chunk, FinishReason, Usage } from '@millrace/core'
import { isObject } from '../json.ts'
import { isBrokenOff } from './error-names.ts'
import { callInput, createCallCollector, type WholeCall } from './whole-calls.ts'
import { joinedText, partsOf, wholeMessage } from './whole-message.ts'
import type { EncoderOptions, WireEncoder, WireEncoding } from './wire-encoder.ts'

/**
 * Ollama's own API, a line of JSON per delta. Reading what it writes gives the same chunks back, where they come as a
 * reader gives them: calls whole, named `call_0`, `call_1` and so on, usage right before the end.
 *
 * Does not travel: the id of the response, signatures, sources, files, calls that the provider runs, calls that were
 * cut short, the details of usage, and of an error all but its message. A refusal is text. The finish reasons are
 * `stop`, `length` and none.
 * @see https://docs.ollama.com/api/chat
 */
export const ollamaEncoding: WireEncoding = {
  name: 'ollama',
  contentType: 'application/x-ndjson',
  malformedEvent: '{"model":"fake-model","message":{"role":"assistant","cont\n',
  createEncoder,
  encodeWhole,
}

// A call does not change the reason.
const doneReasons: Readonly<Partial<Record<FinishReason, string>>> = {
  stop: 'stop',
  'tool-calls': 'stop',
  length: 'length',
}

function createEncoder({ created = 0 }: EncoderOptions = {}): WireEncoder {
  const calls = createCallCollector()
  let callCount = 0
  let model: string | undefined
  let usage: Usage | undefined
  let ending: FinishReason | undefined
  let failed = false

  function line(message: object): string[] {
    return [encodeLine({ model, created, content: message, done: false })]
  }

  return {
    push(chunk) {
      switch (chunk.type) {
        case 'message-start':
          model = chunk.model ?? model
          return line({})
        case 'text-delta':
        case 'refusal-delta':
          return chunk.text ? line({ content: chunk.text }) : []
        case 'reasoning-delta':
          return chunk.text ? line({ thinking: chunk.text }) : []
        case 'usage':
          usage = chunk.usage
          return []
        case 'error':
          if (isBrokenOff(chunk.error)) return []
          failed = true
          return [`${JSON.stringify({ error: chunk.error.message })}\n`]
        case 'message-end':
          ending = chunk.finishReason
          return []
        default: {
          const call = calls.push(chunk)
          return call && !call.providerExecuted ? line({ tool_calls: [toolCall(call, callCount++)] }) : []
        }
      }
    },
    end() {
      if (failed || !ending || ending === 'incomplete' || ending === 'aborted') return []
      if (ending === 'error') return [`${JSON.stringify({ error: 'an error was encountered' })}\n`]
      return [encodeLine({ model, created, content: {}, done: true, doneReason: doneReasons[ending], usage })]
    },
  }
}

function encodeWhole(chunks: readonly Chunk[], { created = 0 }: EncoderOptions = {}): object {
  const message = wholeMessage(chunks)
  const thinking = joinedText(message, 'reasoning')
  const calls = partsOf(message, 'tool-call').filter(({ providerExecuted }) => !providerExecuted)
  const content = {
    content: joinedText(message, 'text') + joinedText(message, 'refusal'),
    ...(thinking && { thinking }),
    ...(calls.length > 0 && { tool_calls: calls.map(toolCall) }),
  }
  const { model, usage, finishReason = 'unknown' } = message
  return payload({ model, created, content, done: true, doneReason: doneReasons[finishReason], usage })
}

interface Line {
  readonly model: string | undefined
  readonly created: number
  readonly content: object
  readonly done: boolean
  readonly doneReason?: string | undefined
  readonly usage?: Usage | undefined
}

function encodeLine(line: Line): string {
  return `${JSON.stringify(payload(line))}\n`
}

function payload({ model, created, content, done, doneReason, usage }: Line): object {
  return {
    model,
    created_at: new Date(created * 1000).toISOString(),
    message: { role: 'assistant', content: '', ...content },
    done,
    done_reason: doneReason,
    ...(usage && { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens }),
  }
}

/** Arguments are an object here; what is none goes as the text it is. */
function toolCall(call: Pick<WholeCall, 'toolName' | 'argumentsText'>, index: number): object {
  const input = callInput(call)
  return { function: { index, name: call.toolName, arguments: isObject(input) ? input : call.argumentsText } }
}
