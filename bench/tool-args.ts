// Is showing a tool call while its arguments are written linear, and what does the same cost elsewhere?
import { isDeepStrictEqual } from 'node:util'
import { applyChunk, type Chunk, createMessage, parsePartialJson } from '@millrace/core'
import { EventType, type StreamChunk, StreamProcessor } from '@tanstack/ai'
import { AbstractChat, type ChatState, isToolUIPart, type UIMessage, type UIMessageChunk } from 'ai'
import { collectGarbage } from './lib/collect-garbage.ts'
import { fittedExponent } from './lib/stats.ts'
import { printTable } from './lib/table.ts'
import manifest from './package.json' with { type: 'json' }

const sizes = [1_000, 4_000, 8_000, 16_000, 32_000]
const largestSize = Math.max(...sizes)
const deltaLength = 5
// Past this the others need half a minute for one call: extrapolated, or measured once with `--full`.
const largestQuickSize = 8_000
const isFull = process.argv.includes('--full')

const rounds = 5
const largestMs = 500
// The aim is 1.1; the rest is what noise on a busy machine may cost.
const aimedExponent = 1.1
const largestExponent = 1.15

const toolCallId = 'call-1'
const toolName = 'write_file'

interface Call {
  readonly input: object
  /** The input as JSON, five characters at a time. */
  readonly deltas: readonly string[]
}

/** What a UI could draw. */
interface Seen {
  /** The arguments as read before the model said that they were whole. */
  readonly lastPartial: unknown
  /** The arguments of the finished call. */
  readonly input: unknown
  /** How often there was something new to draw. */
  readonly updates: number
}

interface Contestant {
  readonly name: string
  /** Makes what a network would bring; what is returned is timed. */
  readonly prepare: (call: Call) => () => Seen | Promise<Seen>
}

/** What a coding agent asks for: a file as one long string, then a list. */
function callOf(size: number): Call {
  const length = size * deltaLength
  const codeLine = (_: unknown, line: number) =>
    `\tif (wheel.${line} < "${line}") return turn(wheel, { by: ${line} }) // the water turns it\n`
  const check = (_: unknown, line: number) => ({ file: `src/wheel-${line}.ts`, line, isNew: line % 2 === 0 })
  const inputOf = (padding: number) => ({
    path: 'src/wheel.ts',
    content: Array.from({ length: length / 110 }, codeLine).join('') + 'x'.repeat(padding),
    checks: Array.from({ length: length / 400 }, check),
  })
  const input = inputOf(length - JSON.stringify(inputOf(0)).length)
  const text = JSON.stringify(input)
  const deltas = Array.from({ length: size }, (_, index) => text.slice(index * deltaLength, (index + 1) * deltaLength))
  if (deltas.join('') !== text) throw new Error('The arguments are not as long as they should be.')
  return { input, deltas }
}

/** @param createRead Its result gets the arguments so far and the new end of them, and returns what to show. */
function millrace(name: string, createRead: () => (text: string, delta: string) => unknown): Contestant {
  return {
    name,
    prepare({ deltas }) {
      const chunks = deltas.map((argumentsText) => ({ type: 'tool-call-delta', toolCallId, argumentsText }) as const)
      return () => {
        const apply = (chunk: Chunk) => applyChunk(message, chunk, Date.now())
        const lastCall = () => message.parts.findLast((part) => part.type === 'tool-call')
        let message = createMessage({ role: 'assistant', status: 'pending' })
        message = apply({ type: 'tool-call-start', toolCallId, toolName })
        const read = createRead()
        let lastPartial: unknown
        let updates = 0
        for (const chunk of chunks) {
          message = apply(chunk)
          lastPartial = read(lastCall()?.argumentsText ?? '', chunk.argumentsText)
          updates++
        }
        message = apply({ type: 'tool-call-end', toolCallId })
        return { lastPartial, updates, input: lastCall()?.input }
      }
    },
  }
}

const ours = millrace('Millrace', () => {
  const json = parsePartialJson()
  return (_, delta) => {
    json.push(delta)
    return json.value
  }
})

/**
 * As `usePartialInput` would at every delta, not every frame: from the message, and with a look at the text, as drawing
 * takes. Strings that grow are only put together when someone looks, which copies all of them: that is not linear.
 */
const drawn = millrace('Millrace, drawn', () => {
  const json = parsePartialJson()
  let length = 0
  return (text) => {
    json.push(text.slice(length))
    length = text.length
    const value = json.value as { readonly content?: string } | undefined // what `callOf` makes
    value?.content?.codePointAt(value.content.length - 1)
    return value
  }
})

class Chat extends AbstractChat<UIMessage> {}

/** What `useChat` runs on. `readUIMessageStream` would clone the arguments at every delta besides. */
const aiSdk: Contestant = {
  name: `ai ${manifest.dependencies.ai}`,
  prepare({ deltas, input }) {
    const chunks: readonly UIMessageChunk[] = [
      { type: 'start', messageId: 'reply-1' },
      { type: 'tool-input-start', toolCallId, toolName },
      ...deltas.map((inputTextDelta) => ({ type: 'tool-input-delta', toolCallId, inputTextDelta }) as const),
      { type: 'tool-input-available', toolCallId, toolName, input },
      { type: 'finish' },
    ]
    return async () => {
      let lastPartial: unknown
      let updates = 0
      const lastPart = () => state.messages.at(-1)?.parts.filter(isToolUIPart).at(-1)
      // As in the React binding, without React: a message is shown as a shallow copy.
      const state: ChatState<UIMessage> = {
        status: 'ready',
        error: undefined,
        messages: [],
        pushMessage(message) {
          state.messages = [...state.messages, message]
        },
        popMessage() {
          state.messages = state.messages.slice(0, -1)
        },
        replaceMessage(index, message) {
          const shown = { ...message, parts: message.parts.map((part) => ({ ...part })) }
          state.messages = state.messages.with(index, shown)
          const part = lastPart()
          if (part?.state === 'input-streaming') lastPartial = part.input
          updates++
        },
        snapshot: (value) => value,
      }
      const stream = new ReadableStream<UIMessageChunk>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk)
          controller.close()
        },
      })
      const chat = new Chat({
        state,
        transport: { sendMessages: async () => stream, reconnectToStream: async () => null },
      })
      await chat.sendMessage({ text: 'Build the wheel.' })
      if (chat.error) throw chat.error
      const part = lastPart()
      return { lastPartial, updates, input: part?.state === 'input-available' ? part.input : undefined }
    }
  },
}

/** Its processor alone: its client waits for a timer after every event, which is left out. */
const tanStack: Contestant = {
  name: `@tanstack/ai ${manifest.dependencies['@tanstack/ai']}`,
  prepare({ deltas }) {
    const run = { threadId: 'thread-1', runId: 'run-1' }
    const beforeEnd: readonly StreamChunk[] = [
      { type: EventType.RUN_STARTED, ...run },
      { type: 'TOOL_CALL_START', toolCallId, toolCallName: toolName },
      ...deltas.map((delta) => ({ type: EventType.TOOL_CALL_ARGS, toolCallId, delta }) as const),
    ]
    const end: readonly StreamChunk[] = [
      { type: 'TOOL_CALL_END', toolCallId },
      { type: EventType.RUN_FINISHED, ...run, finishReason: 'tool_calls' },
    ]
    return () => {
      let updates = 0
      const processor = new StreamProcessor({ events: { onMessagesChange: () => void updates++ } })
      processor.prepareAssistantMessage()
      for (const chunk of beforeEnd) processor.processChunk(chunk)
      // Its messages hold the text alone until the call is whole; what was read of it is kept here.
      const lastPartial: unknown = processor.getState().toolCalls.get(toolCallId)?.parsedArguments
      for (const chunk of end) processor.processChunk(chunk)
      const part = processor.getMessages().at(-1)?.parts.at(-1)
      return { lastPartial, updates, input: part?.type === 'tool-call' ? part.input : undefined }
    }
  },
}

interface Result {
  readonly contestant: Contestant
  readonly call: Call
  readonly run: () => Seen | Promise<Seen>
  readonly times: number[]
}

const sizeOf = ({ call }: Result) => call.deltas.length
const isOurs = ({ contestant }: Result) => contestant === ours || contestant === drawn
const isSlow = (result: Result) => !isOurs(result) && sizeOf(result) > largestQuickSize

/** Milliseconds for one call. */
async function timeOf({ contestant, call, run }: Result): Promise<number> {
  collectGarbage()
  const start = performance.now()
  const { lastPartial, input, updates } = await run()
  const ms = performance.now() - start
  const isWhole = isDeepStrictEqual(lastPartial, call.input) && isDeepStrictEqual(input, call.input)
  if (!isWhole || updates < call.deltas.length) throw new Error(`${contestant.name} did not read the arguments.`)
  return ms
}

/** Round after round through all: what slows the machine down for a while slows everyone. */
async function measure(results: readonly Result[]): Promise<void> {
  for (let round = -1; round < rounds; round++)
    for (const result of results) {
      if (isSlow(result) && round !== 0) continue
      // Ours are over soon, so each size gets as many deltas as the largest has.
      for (let deltas = 0; deltas < (isOurs(result) ? largestSize : 1); deltas += sizeOf(result)) {
        const ms = await timeOf(result)
        // The first round compiles what the others measure.
        if (round >= 0) result.times.push(ms)
      }
    }
}

/** Milliseconds by size, and how they grow. Sizes that were not measured go on from the last as those before grew. */
function growthOf(results: readonly Result[], contestant: Contestant) {
  const measured = results
    .filter((result) => result.contestant === contestant)
    .map((result) => [sizeOf(result), Math.min(...result.times)] as const)
  const exponent = fittedExponent(measured)
  const [lastSize, lastMs] = measured.at(-1) ?? [Number.NaN, Number.NaN]
  const extrapolate = (size: number) => lastMs * (size / lastSize) ** exponent
  return {
    exponent,
    msOf: (size: number) => measured.find(([known]) => known === size)?.[1] ?? extrapolate(size),
    mark: (size: number) => (size > lastSize ? '~' : ''),
  }
}

function print(results: readonly Result[]): void {
  const format = (value: number) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
  const our = growthOf(results, ours)
  const times = [ours, drawn, aiSdk, tanStack].map((contestant) => {
    const { exponent, msOf, mark } = growthOf(results, contestant)
    return [contestant.name, ...sizes.map((size) => mark(size) + format(msOf(size))), exponent.toFixed(2)]
  })
  const ratios = [aiSdk, tanStack].map((contestant) => {
    const { msOf, mark } = growthOf(results, contestant)
    const cells = sizes.map((size) => mark(size) + format(msOf(size) / our.msOf(size)))
    return [`${contestant.name.split(' ')[0]} ÷ Millrace`, ...cells, '']
  })
  console.log(
    `ms for a tool call by the number of its deltas, each of ${deltaLength} characters and read as it comes; best of ${rounds} rounds`,
  )
  if (isFull) console.log(`The others had one round above ${largestQuickSize}.`)
  else console.log('~ is not measured but extrapolated by the exponent of the smaller sizes; `--full` measures it.')
  console.log()
  printTable(['', ...sizes.map((size) => size.toLocaleString('en')), 'exponent'], [...times, ...ratios])
  console.log(
    `\nRequired of the first row: ≤ ${largestMs} ms at ${largestSize}, exponent ≤ ${largestExponent}; the aim is ` +
      `${aimedExponent}, and ${our.exponent.toFixed(3)} is ${our.exponent > aimedExponent ? 'over' : 'within'} it.`,
  )
}

function failuresOf(results: readonly Result[]): string[] {
  const { exponent, msOf } = growthOf(results, ours)
  const ms = msOf(largestSize)
  const failures: string[] = []
  if (ms > largestMs) failures.push(`${largestSize} deltas take ${ms.toFixed(0)} ms, above ${largestMs}.`)
  if (exponent > largestExponent)
    failures.push(`The time grows with the power ${exponent.toFixed(3)} of the deltas, above ${largestExponent}.`)
  return failures
}

const calls = sizes.map(callOf)
const results = [ours, drawn, aiSdk, tanStack]
  .flatMap((contestant) =>
    calls.map((call): Result => ({ contestant, call, run: contestant.prepare(call), times: [] })),
  )
  .filter((result) => isFull || !isSlow(result))
await measure(results)
// Noise passes, slowness stays.
if (failuresOf(results).length > 0) await measure(results.filter(({ contestant }) => contestant === ours))

print(results)
const failures = failuresOf(results)
for (const failure of failures) console.error(`\nToo slow. ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
