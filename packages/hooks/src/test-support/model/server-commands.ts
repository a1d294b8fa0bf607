import { ChatError, type Chunk } from '@millrace/core'
import fc from 'fast-check'
import type { ChatModel } from './chat-model.ts'
import { silenceMs } from './chat-world.ts'
import { type ChatCommand, pick, settleAndCompare } from './command.ts'
import type { Comparison } from './compare.ts'
import type { ModelRun } from './model-run.ts'
import type { ScriptedRequest } from './scripted-server.ts'

const usage: Chunk = { type: 'usage', usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } }
let count = 0

function command(name: string, act: (model: ChatModel, real: Comparison) => unknown): ChatCommand {
  return {
    check: () => true,
    async run(model, real) {
      await act(model, real)
      await settleAndCompare(model, real)
    },
    toString: () => name,
  }
}

interface Answering {
  readonly model: ChatModel
  readonly real: Comparison
  readonly run: ModelRun
  readonly request: ScriptedRequest
}

/** Something comes from the server, for one of the requests that are open. */
const onRequest = (name: string, act: (answering: Answering) => unknown) =>
  fc.nat({ max: 5 }).map((place) =>
    command(`${name}(${place})`, async (model, real) => {
      const runs = model.runs.filter(({ phase, request }) => phase === 'sent' && request && !request.isOver)
      const run = pick(runs, place)
      if (!run?.request) return
      await act({ model, real, run, request: run.request })
      run.aliveAt = model.now
    }),
  )

/** What was said, in the model. */
function hear({ real, run }: Answering, text: string, isFirst: boolean): void {
  const { message } = run
  message.text += text
  message.hasParts = true
  message.version++
  run.hasTokenInStep = true
  if (real.world.pace === 'chunk' || (isFirst && !run.hasToken)) run.seenLength = message.text.length
  run.hasToken = true
}

const say = fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 4 }), fc.boolean()).chain(([, length, thinks]) =>
  onRequest(`say ${thinks ? 'thinking ' : ''}${length}`, async (answering) => {
    const { real, run, request } = answering
    const isQuiet = request.isAnswered && run.hasToken && real.world.pace !== 'chunk'
    const before = real.world.commits
    if (thinks) hear(answering, '', true)
    const texts = Array.from({ length }, () => `t${++count} `)
    for (const [index, text] of texts.entries()) hear(answering, text, index === 0 && !thinks)
    const thought: Chunk = { type: 'reasoning-delta', text: 'Hm.' }
    request.emit(...(thinks ? [thought] : []), ...texts.map((text): Chunk => ({ type: 'text-delta', text })))
    await real.world.settle()
    const commits = real.world.commits - before
    // A connection that was silent for long says so when it is not any more.
    if (isQuiet && commits > (answering.model.now - run.aliveAt > 4000 ? 1 : 0))
      throw new Error(`${commits} commits between two frames.`)
  }),
)

const call = fc
  .tuple(fc.uniqueArray(fc.constantFrom('auto', 'ask', 'careful', 'broken', 'unknown'), { minLength: 1, maxLength: 2 }))
  .chain(([names]) =>
    onRequest(`call ${names}`, (answering) => {
      const { run, request } = answering
      const { message } = run
      hear(answering, '', true)
      run.hasCalls = true
      for (const toolName of names) {
        const id = `call-${++count}`
        message.calls.push({ id, toolName, state: 'input-streaming', isApproved: false })
        request.emit(
          { type: 'tool-call-start', toolCallId: id, toolName },
          { type: 'tool-call-delta', toolCallId: id, argumentsText: `{"n":${count}}` },
        )
      }
    }),
  )

const finish = fc.constantFrom('stop', 'stop', 'tool-calls', 'length').chain((reason) =>
  onRequest(`finish ${reason}`, ({ model, run, request }) => {
    const finishReason = reason === 'tool-calls' && !run.hasCalls ? 'stop' : reason
    request.finish(usage, { type: 'message-end', finishReason } as Chunk)
    run.message.usages++
    model.endStep(run, finishReason)
  }),
)

const callAndFinish = fc
  .uniqueArray(fc.constantFrom('auto', 'auto', 'ask', 'careful', 'broken', 'unknown'), { minLength: 1, maxLength: 2 })
  .chain((names) =>
    onRequest(`call ${names} and finish`, (answering) => {
      const { model, run, request } = answering
      hear(answering, '', true)
      run.hasCalls = true
      for (const toolName of names) {
        const id = `call-${++count}`
        run.message.calls.push({ id, toolName, state: 'input-streaming', isApproved: false })
        request.emit(
          { type: 'tool-call-start', toolCallId: id, toolName },
          { type: 'tool-call-delta', toolCallId: id, argumentsText: `{"n":${count}}` },
        )
      }
      request.finish({ type: 'message-end', finishReason: 'tool-calls' })
      model.endStep(run, 'tool-calls')
    }),
  )

const faults = [
  onRequest('close', ({ model, run, request }) => {
    request.close()
    model.failStep(run, 'incomplete', 'incomplete', true)
  }),
  onRequest('lose', ({ model, run, request }) => {
    const code = request.isAnswered ? 'incomplete' : 'network'
    request.lose()
    model.failStep(run, code === 'network' ? 'error' : 'incomplete', code, true)
  }),
  onRequest('babble', ({ model, run, request }) => {
    request.babble()
    model.failStep(run, 'error', 'malformed-event', false)
  }),
  onRequest('error event', ({ model, run, request }) => {
    request.emit({ type: 'error', error: new ChatError('provider-error', { providerCode: 'server_error' }) })
    request.close()
    model.failStep(run, 'error', 'server-error', true)
  }),
  ...[401, 500].map((status) =>
    onRequest(`refuse ${status}`, ({ model, run, request }) => {
      if (request.isAnswered) return
      request.refuse(status)
      if (status === 401) model.failStep(run, 'error', 'unauthorized', false)
      else model.failStep(run, 'error', 'server-error', true)
    }),
  ),
]

/** Time passes: what came so long ago has to be seen by now. */
async function pass(model: ChatModel, { world }: Comparison, ms: number): Promise<void> {
  const due = typeof world.pace === 'object' ? world.pace.everyMs : 250
  if (ms >= due) for (const run of model.runs) run.seenLength = run.message.text.length
  model.now += ms
  await world.advance(ms)
}

const time = [
  fc.constant(
    command('frame', (model, real) => {
      const { world } = real
      const before = world.commits
      world.frame()
      if (world.commits - before > 1) throw new Error(`${world.commits - before} commits in one frame.`)
      if (world.isHidden || world.pace !== 'frame') return
      for (const run of model.runs) run.seenLength = run.message.text.length
    }),
  ),
  fc.constantFrom(20, 60, 250).map((ms) => command(`pass ${ms} ms`, (model, real) => pass(model, real, ms))),
]

type Failure = readonly [finishReason: string, errorCode: string, isRetryable: boolean]

/** Several fail at once: in what order is for the chat to say, for the last one decides what its status is. */
async function failTogether(
  model: ChatModel,
  { world }: Comparison,
  failureOf: (run: ModelRun) => Failure,
  happen: () => unknown,
): Promise<void> {
  const failures = model.runs
    .filter(({ phase }) => phase === 'sent')
    .map((run) => ({ run, failure: failureOf(run), retryFrom: model.now }))
  const { length } = world.finished
  await happen()
  await world.settle()
  const order = world.finished.slice(length)
  const placeOf = ({ message }: ModelRun) => order.indexOf(message.id ?? '')
  for (const { run, failure, retryFrom } of failures.sort((a, b) => placeOf(a.run) - placeOf(b.run))) {
    model.failStep(run, ...failure)
    run.retryFrom = retryFrom
  }
}

const surroundings = [
  fc.boolean().map((isHidden) =>
    command(isHidden ? 'hide the tab' : 'show the tab', (_, { world }) => {
      world.isHidden = isHidden
    }),
  ),
  fc.constant(
    command('offline', (model, real) => {
      const failureOf = ({ request }: ModelRun): Failure =>
        request?.isAnswered ? ['incomplete', 'incomplete', true] : ['error', 'offline', false]
      return failTogether(model, real, failureOf, () => {
        model.isOnline = false
        real.world.setOnline(false)
        for (const { request } of model.runs) request?.lose()
      })
    }),
  ),
  fc.constant(
    command('online', async (model, real) => {
      real.isBackOnline = true
      model.isOnline = true
      real.world.setOnline(true)
      await settleAndCompare(model, real)
      real.isBackOnline = false
    }),
  ),
  fc.constant(
    command('silence', async (model, real) => {
      // Whoever waits to ask again has done so by then.
      await pass(model, real, 1000)
      await settleAndCompare(model, real)
      const failureOf = ({ hasTokenInStep, request }: ModelRun): Failure => {
        if (hasTokenInStep) return ['incomplete', 'stalled', true]
        return request?.isAnswered ? ['error', 'first-token-timeout', false] : ['error', 'connect-timeout', true]
      }
      await failTogether(model, real, failureOf, () => pass(model, real, silenceMs + 1000))
    }),
  ),
]

/** Everything that happens to a chat. */
export const serverCommands: fc.Arbitrary<ChatCommand> = fc.oneof(
  { weight: 2, arbitrary: onRequest('answer', ({ request }) => request.answer()) },
  { weight: 8, arbitrary: say },
  { weight: 6, arbitrary: finish },
  { weight: 1, arbitrary: call },
  { weight: 4, arbitrary: callAndFinish },
  ...faults.map((arbitrary) => ({ weight: 1, arbitrary })),
  ...time.map((arbitrary) => ({ weight: 2, arbitrary })),
  ...surroundings.map((arbitrary) => ({ weight: 1, arbitrary })),
)
