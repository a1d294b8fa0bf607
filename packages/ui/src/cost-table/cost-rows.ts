import {
  allMessages,
  findModel,
  type Message,
  messageCost,
  type Provider,
  type Thread,
  type Usage,
} from '@millrace/core'

/** What one reply took. What is not known is undefined. */
export interface CostRow {
  readonly id: string
  readonly reply: Message
  /** How it begins. */
  readonly title: string
  readonly usage: Usage | undefined
  readonly firstTokenMs: number | undefined
  readonly cost: number | undefined
}

/** The replies of one model, oldest first. */
export interface CostGroup {
  readonly model: string
  readonly rows: readonly CostRow[]
  readonly total: CostTotal
}

export interface CostTotal {
  readonly inputTokens: number
  readonly outputTokens: number
  /** Of the replies whose cost is known; undefined where none is. */
  readonly cost: number | undefined
  /** The cost of every reply is known. */
  readonly isWhole: boolean
}

const mostTitle = 60

/** The replies of a thread that have ended, of all branches, by model: in the order in which each first answered. */
export function costGroups(thread: Thread, provider: Provider): readonly CostGroup[] {
  const replies = allMessages(thread)
    .filter(({ role, status }) => role === 'assistant' && status === 'done')
    .toSorted((one, other) => one.createdAt - other.createdAt)
  const byModel = new Map<string, Message[]>()
  for (const reply of replies) {
    const { model = '' } = reply
    const name = findModel(provider, model)?.name ?? model
    byModel.set(name, [...(byModel.get(name) ?? []), reply])
  }
  return [...byModel].map(([model, messages]) => {
    const rows = messages.map((message) => toRow(message, provider))
    return { model, rows, total: totalOf(rows) }
  })
}

export function totalOf(rows: readonly CostRow[]): CostTotal {
  const costs = rows.flatMap(({ cost }) => cost ?? [])
  return {
    inputTokens: sum(rows.map(({ usage }) => usage?.inputTokens ?? 0)),
    outputTokens: sum(rows.map(({ usage }) => usage?.outputTokens ?? 0)),
    cost: costs.length > 0 ? sum(costs) : undefined,
    isWhole: costs.length === rows.length,
  }
}

function toRow(message: Message, provider: Provider): CostRow {
  const { id, parts, usage, timing } = message
  // Without the marks of Markdown, which say nothing here.
  const words = parts
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join(' ')
    .replace(/[#*_`>|~]+|\s+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  return {
    id,
    reply: message,
    title: words.length > mostTitle ? `${words.slice(0, mostTitle)}…` : words,
    usage,
    firstTokenMs: timing?.firstTokenAt && timing.firstTokenAt - timing.startedAt,
    cost: messageCost(message, provider)?.total,
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
