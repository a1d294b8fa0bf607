// Does the cost of a delta stay the same, however long the answer and however many messages came before?
import { encodeSse } from '@millrace/core/sse'
import { createChat, type Pace } from '@millrace/hooks/store'
import { collectGarbage } from './lib/collect-garbage.ts'
import { median } from './lib/stats.ts'
import { printTable } from './lib/table.ts'

const answerLengths = [1_000, 8_000, 32_000]
const threadLengths = [10, 1_000, 10_000]
const rounds = 7

interface Answer {
  readonly deltas: number
  readonly body: Uint8Array<ArrayBuffer>
}

/** So many deltas of five characters each. */
function answerOf(deltas: number): Answer {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_763_800_000, model: 'gpt-4.1' }
  const choice = (delta: object, reason: string | null) =>
    encodeSse({ data: JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: reason }] }) })
  const texts = Array.from({ length: deltas }, (_, index) => choice({ content: `${index % 10} and`.slice(0, 5) }, null))
  return { deltas, body: new TextEncoder().encode(`${texts.join('')}${choice({}, 'stop')}data: [DONE]\n\n`) }
}

function threadOf(messages: number) {
  return Array.from({ length: messages }, (_, index) => ({
    role: index % 2 ? ('assistant' as const) : ('user' as const),
    content: `Message ${index}.`,
  }))
}

interface Run {
  readonly ms: number
  readonly commits: number
}

/** From the response's headers to the settled reply. What it costs to send the thread is another question. */
async function runOnce(answer: Answer, messages: number, pace: Pace): Promise<Run> {
  let start = 0
  let commits = 0
  const chat = createChat({
    pace,
    messages: threadOf(messages),
    async fetch() {
      // The whole answer in one piece: nothing to wait for, so all the time that passes is work.
      const response = new Response(answer.body)
      collectGarbage()
      start = performance.now()
      return response
    },
  })
  chat.subscribe(() => commits++)
  const reply = await chat.sendMessage('Hello')
  const ms = performance.now() - start
  if (reply.finishReason !== 'stop' || reply.content.length !== 5 * answer.deltas)
    throw new Error('The answer is not whole.')
  return { ms, commits }
}

async function printCosts(title: string, pace: Pace): Promise<void> {
  const answers = answerLengths.map(answerOf)
  const results = threadLengths.flatMap((messages) =>
    answers.map((answer) => ({ messages, answer, runs: [] as Run[] })),
  )
  // Round after round through all sizes; the first compiles what the others measure.
  for (let round = 0; round <= rounds; round++)
    for (const { messages, answer, runs } of results) {
      const run = await runOnce(answer, messages, pace)
      if (round > 0) runs.push(run)
    }
  const cells = results.map(({ messages, answer, runs }) => {
    const ms = median(runs.map((run) => run.ms))
    return {
      messages,
      answer,
      ms,
      eachUs: (1000 * ms) / answer.deltas,
      commits: median(runs.map((run) => run.commits)),
    }
  })
  console.log(`${title}, median of ${rounds}\n`)
  printTable(
    ['messages before', 'deltas', 'commits', 'ms', 'µs a delta', '× first row'],
    cells.map(({ messages, answer, commits, ms, eachUs }) => [
      messages.toLocaleString('en'),
      answer.deltas.toLocaleString('en'),
      commits.toLocaleString('en'),
      ms.toFixed(1),
      eachUs.toFixed(2),
      (eachUs / (cells[0]?.eachUs ?? Number.NaN)).toFixed(2),
    ]),
  )
  console.log()
}

await printCosts('A burst, one commit per frame', 'frame')
await printCosts('A burst, one commit per delta', 'chunk')
