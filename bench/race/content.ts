// What is said in a race: the same for every contender, made from a seed.
import { createDocument } from '../lib/markdown/documents.ts'
import type { HistoryMessage } from './pages/lib/contract.ts'

const charactersPerToken = 4
const charactersOfSettledAnswer = 1_200
/** From here on an answer has one block of code that goes on for hundreds of lines, the worst there is. */
const tokensWithLongCode = 8_000
const charactersOfLongCode = 14_000

/** The end of an answer, which is shown once all of it is. */
export const endMarkOf = (seed: number, tokens: number): string => `ENDOFANSWER${seed}X${tokens}`

/** An answer, token by token. */
export function makeAnswer(seed: number, tokens: number): string[] {
  const length = tokens * charactersPerToken
  const longCode =
    tokens >= tokensWithLongCode ? `${createDocument('fence', charactersOfLongCode, seed)}\n\`\`\`\n\n` : ''
  const start = whole(createDocument('uncited', length * 0.3, seed))
  const rest = whole(createDocument('uncited', length * 0.7 - longCode.length, seed + 1))
  const text = `${start}${longCode}${rest}Done ${endMarkOf(seed, tokens)}`
  return text.match(new RegExp(`.{1,${charactersPerToken}}`, 'gsu')) ?? []
}

/** Without the block at its end, which may be half of one. */
function whole(document: string): string {
  const fences = document.split('```')
  const closed = fences.length % 2 === 1 ? document : fences.slice(0, -1).join('```')
  return closed.slice(0, closed.lastIndexOf('\n\n') + 2)
}

/** Questions and settled answers in turn. */
export function makeHistory(count: number, seed: number): HistoryMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `h${index}`
    if (index % 2 === 0) return { id, role: 'user', text: `Question ${index}: how far does the water come?` }
    const text = whole(createDocument('uncited', charactersOfSettledAnswer, seed * 1_000 + index))
    return { id, role: 'assistant', text: `${text}${historyMarkOf(index)}` }
  })
}

export const historyMarkOf = (index: number): string => `HISTORYEND${index}X`

/** What has to be in the document at the end: every line of code, and as many blocks of code and tables. */
export interface Expectation {
  readonly codeLines: readonly string[]
  readonly codeBlocks: number
  readonly tables: number
}

export function expectationOf(markdown: string): Expectation {
  const fences = markdown.match(/^```ts\n(?:.*\n)*?```$/gm) ?? []
  return {
    codeLines: fences.flatMap((fence) => fence.split('\n').slice(1, -1)),
    codeBlocks: fences.length,
    tables: markdown.match(/^\| --- /gm)?.length ?? 0,
  }
}
