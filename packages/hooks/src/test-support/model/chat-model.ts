import { createModelMessage, MessageTree, type ModelCall, type ModelMessage } from './message-tree.ts'
import type { Asks, Expected, ModelQueued, ModelRun } from './model-run.ts'

export const maxSteps = 2

type Ask = Pick<ModelQueued, 'text' | 'models' | 'isSendable'>

const isOpen = ({ state }: ModelCall) => state === 'input-available' || state === 'approval-requested'
const isRunnable = ({ state, toolName }: ModelCall) => state === 'input-available' && toolName !== 'ask'
const isFailure = ({ finishReason }: ModelMessage) => finishReason === 'error' || finishReason === 'incomplete'

/** Everything that a chat does, said as plainly as possible: at once, in place, without streams, frames or promises. */
export class ChatModel {
  readonly retryAttempts: number
  readonly tree = new MessageTree()
  runs: ModelRun[] = []
  /** Those that were stopped before their request was seen. */
  stoppedUnsent: ModelRun[] = []
  queue: ModelQueued[] = []
  errorCode: string | undefined
  now = 0
  isOnline = true
  /** How many replies have ended, and how many of them with an error. */
  finished = 0
  failed = 0

  constructor(retryAttempts: number) {
    this.retryAttempts = retryAttempts
  }

  get isBusy(): boolean {
    return this.runs.length > 0
  }

  /** The last reply failed for want of a network, and there still is none. */
  private get isCutOff(): boolean {
    return !this.isOnline && this.status === 'error' && this.errorCode === 'offline'
  }

  get status(): string {
    if (!this.isBusy) return this.errorCode ? 'error' : 'ready'
    return this.runs.some(({ message }) => message.hasParts) ? 'streaming' : 'submitted'
  }

  runOf(message: ModelMessage | undefined): ModelRun | undefined {
    return this.runs.find((run) => run.message === message)
  }

  send(
    text: string,
    { models, isSendable = true, whenBusy }: { models: readonly string[]; isSendable?: boolean; whenBusy: string },
  ): Expected {
    if (!text || (this.isBusy && whenBusy === 'reject')) return { state: 'rejected' }
    if (whenBusy === 'interrupt' || (!this.isBusy && this.queue.length === 0 && !this.isCutOff))
      return this.sendNow({ text, models, isSendable })
    const expected: Expected = { state: 'pending' }
    this.queue.push({ text, models, isSendable, expected })
    if (!this.isCutOff) this.clearError()
    return expected
  }

  /** After the message named, beside what follows that already; else at the end of what is shown. */
  sendNow({ text, models, isSendable }: Ask, parent?: ModelMessage, expected?: Expected): Expected {
    this.stop()
    if (!isSendable) return Object.assign(expected ?? {}, { state: 'rejected' as const })
    const message = createModelMessage({ role: 'user', text })
    this.tree.add(message, parent)
    return this.ask(message, models, expected)
  }

  private ask(parent: ModelMessage, models: readonly string[], expected?: Expected): Expected {
    const replies = models.map((model) => createModelMessage({ role: 'assistant', model }))
    for (const reply of replies) this.tree.add(reply, parent)
    const [first] = replies
    if (first) this.tree.show(first)
    return this.begin(replies, { expected })
  }

  private begin(
    messages: readonly ModelMessage[],
    {
      expected = { state: 'pending' },
      isContinued = false,
    }: { expected?: Expected | undefined; isContinued?: boolean },
  ): Expected {
    const runs: ModelRun[] = []
    const group = { runs, expected }
    expected.message = messages[0]
    for (const message of messages) {
      message.finishReason = message.errorCode = undefined
      message.version++
      const { model = 'default-model', text, calls } = message
      const start = {
        hasToken: false,
        hasTokenInStep: false,
        hasCalls: false,
        seenLength: text.length,
        callsBefore: calls.length,
      }
      const clock = { attempt: 1, retryFrom: 0, aliveAt: this.now }
      const asks = this.asksBefore(message, isContinued)
      runs.push({ message, model, isContinued, phase: 'unsent', asks, step: 1, group, ...start, ...clock })
    }
    this.errorCode = undefined
    this.runs.push(...runs)
    return expected
  }

  /** What is asked before a message: what comes before it, and in a later step what it has said itself. */
  private asksBefore(message: ModelMessage, isOwnAsked: boolean): Asks {
    const before = this.tree.pathTo(message).slice(0, -1)
    const path = isOwnAsked ? [...before, message] : before
    const textOf = (role: string) => path.map((each) => (each.role === role ? each.text : '')).join('')
    const answered = path.flatMap(({ calls }) => calls.filter(({ state }) => state.startsWith('output')))
    return {
      user: textOf('user'),
      assistant: textOf('assistant'),
      answeredCalls: answered.map(({ id }) => id),
      // What is still being written goes along as far as it is seen.
      isWhole: !before.some((each) => this.runOf(each)),
    }
  }

  end(run: ModelRun, finishReason: string, errorCode?: string): void {
    const { message, group } = run
    this.runs = this.runs.filter((each) => each !== run)
    if (run.phase === 'unsent') this.stoppedUnsent.push(run)
    Object.assign(message, { finishReason, errorCode })
    message.version++
    this.finished++
    if (errorCode) this.failed++
    if (group.runs[0] === run) {
      const { text, version } = message
      group.expected.ending = { text, finishReason, version }
    }
    if (group.runs.every((each) => !this.runs.includes(each))) group.expected.state = 'resolved'
    if (this.isBusy) return
    // Of a failure the chat tells only where it is seen.
    const seen = [message, this.tree.last()].find((each) => each && isFailure(each) && this.tree.isShown(each))
    this.errorCode = finishReason === 'aborted' ? undefined : seen?.errorCode
  }

  stop(): void {
    for (const run of this.runs) this.end(run, 'aborted')
  }

  stopMessage(message: ModelMessage | undefined): void {
    const run = this.runOf(message)
    if (run) this.end(run, 'aborted')
  }

  stopAll(): void {
    for (const { expected } of this.queue) expected.state = 'taken-back'
    this.queue = []
    this.stop()
  }

  /** Ends what would be written on where nobody sees it. */
  private hideAfter(parent: ModelMessage): void {
    for (let at = parent.children[parent.shown]; at; at = at.children[at.shown]) this.stopMessage(at)
  }

  regenerate(named = this.tree.last(), model?: string): Expected {
    if (!named) return { state: 'rejected' }
    const isReply = named.role === 'assistant'
    const parent = isReply ? (named.parent ?? this.tree.root) : named
    const old = isReply ? named : named.children[named.shown]
    this.hideAfter(parent)
    return this.ask(parent, [model ?? old?.model ?? 'default-model'])
  }

  edit(named: ModelMessage, text: string): Expected {
    const parent = named.parent ?? this.tree.root
    if (named.role === 'user' && !text) return { state: 'rejected' }
    if (named.role === 'user') return this.sendNow({ text, models: ['default-model'], isSendable: true }, parent)
    this.hideAfter(parent)
    const message = createModelMessage({ role: 'assistant', model: undefined, text })
    this.tree.add(message, parent)
    this.clearError()
    return { state: 'resolved', message, ending: { text, finishReason: undefined, version: message.version } }
  }

  continue(named = this.tree.last()): Expected {
    if (named?.role !== 'assistant') return { state: 'rejected' }
    return named.calls.some(isOpen) ? this.goOnWithCalls(named) : this.goOn(named, { isContinued: true })
  }

  retry(): Expected {
    const last = this.tree.last()
    return last?.role === 'assistant' && !last.hasParts ? this.goOn(last, {}) : this.regenerate()
  }

  private goOn(message: ModelMessage, how: { isContinued?: boolean }): Expected {
    this.stopMessage(message)
    return this.begin([message], how)
  }

  /** As if the request that brought them had just ended. */
  private goOnWithCalls(message: ModelMessage): Expected {
    const expected = this.goOn(message, {})
    const run = this.runOf(message)
    if (run) run.phase = 'calling'
    return expected
  }

  selectBranch(message: ModelMessage, index: number): void {
    const sibling = message.parent?.children[index]
    if (sibling) this.tree.show(sibling)
    this.clearError()
  }

  setMessages(messages: readonly ModelMessage[]): void {
    this.tree.replace(messages)
    for (const run of this.runs) if (!this.tree.has(run.message)) this.end(run, 'aborted')
    this.clearError()
  }

  clearMessages(): void {
    this.stopAll()
    this.setMessages([])
  }

  clearError(): void {
    if (!this.isBusy) this.errorCode = undefined
    this.sendQueued()
  }

  /** After an error the queue waits. */
  sendQueued(): void {
    const next = this.status === 'ready' && this.queue.shift()
    if (next) this.sendNow(next, undefined, next.expected)
  }

  cancelQueued(index: number): void {
    for (const { expected } of this.queue.splice(index, 1)) expected.state = 'taken-back'
  }

  answerCall(message: ModelMessage, call: ModelCall, answer: Partial<ModelCall>): Expected {
    Object.assign(call, answer)
    message.version++
    const canGoOn = !message.calls.some(isOpen) || message.calls.some(isRunnable)
    const { text, finishReason, version } = message
    if (this.runOf(message)) return { state: 'resolved', message }
    if (!canGoOn) return { state: 'resolved', message, ending: { text, finishReason, version } }
    return this.goOnWithCalls(message)
  }

  /** What takes no more than its turn: calls are run, and what waits is sent. */
  settle(): void {
    for (const run of this.runs) if (run.phase === 'calling') this.runCalls(run, 'tool-calls')
    // What cannot be sent is nothing to wait for.
    while (this.queue.length > 0 && this.status === 'ready') this.sendQueued()
  }

  /** The model has said all it wanted to in this request. */
  endStep(run: ModelRun, finishReason: string): void {
    const { calls } = run.message
    if (!run.hasCalls || finishReason === 'length') return this.end(run, finishReason)
    for (const call of calls.slice(run.callsBefore)) call.state = 'input-available'
    this.runCalls(run, 'tool-calls')
  }

  /** The request failed. */
  failStep(run: ModelRun, finishReason: string, errorCode: string, isRetryable: boolean): void {
    if (!isRetryable || run.hasTokenInStep || run.attempt > this.retryAttempts)
      return this.end(run, finishReason, errorCode)
    run.attempt++
    run.phase = 'retrying'
    run.retryFrom = this.now
  }

  private runCalls(run: ModelRun, finishReason: string): void {
    const { message } = run
    for (const call of message.calls.filter(isRunnable)) {
      const mustAsk = call.toolName === 'careful' && !call.isApproved
      const isFine = call.toolName === 'auto' || call.toolName === 'careful'
      // An outcome is something new to show, like a first word.
      run.hasToken ||= !mustAsk
      call.state = mustAsk ? 'approval-requested' : isFine ? 'output-available' : 'output-error'
    }
    message.version++
    if (message.calls.some(isOpen)) return this.end(run, finishReason)
    if (run.step >= maxSteps) return this.end(run, 'error', 'tool-loop')
    Object.assign(run, { phase: 'unsent', step: run.step + 1, attempt: 1, hasTokenInStep: false, hasCalls: false })
    run.callsBefore = message.calls.length
    run.asks = this.asksBefore(message, true)
  }
}
