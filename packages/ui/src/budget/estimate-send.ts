import {
  type Cost,
  costOf,
  findModel,
  type Message,
  type Model,
  type Part,
  type Price,
  type Provider,
} from '@millrace/core'
import { estimateTokens } from '@millrace/hooks'

/** What sending something would take. All of it is estimated, by the rule of `estimateTokens`. */
export interface EstimateOfSend {
  /** With all that was said before. What the provider adds, definitions of tools say, is not in it. */
  readonly inputTokens: number
  /** Of an answer as long as the last ones were. */
  readonly outputTokens: number
  /** Undefined where the price is not known. */
  readonly cost: Cost | undefined
}

/** What is sent, and to whom. */
export interface Sending {
  readonly text: string
  readonly files: readonly Pick<File, 'type' | 'size'>[]
  readonly system: string | undefined
  /** What was said before. */
  readonly messages: readonly Message[]
  readonly model: string
  readonly models: Provider | readonly Model[]
}

/** An answer of some paragraphs, where there is none to go by. */
const usualAnswerTokens = 400
/** About what providers count for a picture of a thousand pixels, or a page of a document. */
const pictureTokens = 1_000

/** What a message would take, and the answer to it, at the prices there are now. */
export function estimateSend({ text, files, system = '', messages, model, models }: Sending): EstimateOfSend {
  const fileTokens = files.map(({ type, size }) => (type.startsWith('text/') ? size / 4 : pictureTokens))
  const inputTokens = Math.ceil(sum([...messages.map(messageTokens), ...fileTokens])) + textTokens(system + text)
  const answers = messages.filter(({ role, status }) => role === 'assistant' && status === 'done').slice(-5)
  const outputTokens =
    answers.length > 0 ? Math.ceil(sum(answers.map(answerTokens)) / answers.length) : usualAnswerTokens
  return { inputTokens, outputTokens, cost: costAt(priceOf(model, models), inputTokens, outputTokens) }
}

/** What a reply cost for which the provider gave no count: one that was stopped, say. */
export function estimateReply(reply: Message, before: readonly Message[], models: Provider | readonly Model[]) {
  return costAt(priceOf(reply.model ?? '', models), sum(before.map(messageTokens)), messageTokens(reply))
}

function costAt(price: Price | undefined, inputTokens: number, outputTokens: number): Cost | undefined {
  return price && costOf({ inputTokens, outputTokens, totalTokens: inputTokens + outputTokens }, price)
}

/** Undefined where it is not known, or no longer. */
function priceOf(model: string, models: Provider | readonly Model[]): Price | undefined {
  const price = findModel(models, model)?.price
  return price?.until && new Date().toISOString().slice(0, 10) > price.until ? undefined : price
}

const answerTokens = (answer: Message) => answer.usage?.outputTokens ?? messageTokens(answer)

// A message that is done does not change: it is looked at once, however much is typed after it.
const known = new WeakMap<Message, number>()

function messageTokens(message: Message): number {
  const tokens = known.get(message) ?? sum(message.parts.map(partTokens))
  known.set(message, tokens)
  return tokens
}

function partTokens(part: Part): number {
  if (part.type === 'tool-call') return textTokens(part.argumentsText) + textTokens(JSON.stringify(part.output) ?? '')
  if (part.type === 'file') return pictureTokens
  return part.type === 'text' || part.type === 'refusal' ? textTokens(part.text) : 0
}

const textTokens = (text: string) => estimateTokens(text)
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
