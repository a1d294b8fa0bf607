import { allMessages, findMessage, type Message, pathTo, siblingsOf } from '@millrace/core'
import { expect } from 'vitest'
import type { ChatState } from '../../store/chat-state.ts'
import type { ChatModel } from './chat-model.ts'
import type { ChatWorld, Outcome } from './chat-world.ts'
import { findCall } from './chat-world.ts'
import { settleAndCompare } from './command.ts'
import type { ModelMessage } from './message-tree.ts'
import type { Expected, ModelRun } from './model-run.ts'
import type { ScriptedRequest } from './scripted-server.ts'

/** A promise, and what has to become of it. */
export interface Watched {
  readonly expected: Expected
  readonly outcome: Outcome<Message>
}

/** Holds a chat against its model, and remembers what must not change. */
export class Comparison {
  readonly model: ChatModel
  readonly world: ChatWorld
  readonly promises: Watched[] = []
  private readonly seen = new Map<ModelMessage, { version: number; object: Message }>()

  constructor(model: ChatModel, world: ChatWorld) {
    this.model = model
    this.world = world
  }

  /** Learns the ids of new messages, which are where the model has them. */
  bind(): void {
    const { model, world } = this
    const state = world.chat.getState()
    const path = model.tree.path()
    expect(state.messages.length, 'the length of what is shown').toBe(path.length)
    for (const [index, message] of path.entries()) {
      const id = state.messages[index]?.id ?? ''
      const siblings = siblingsOf(state, id)
      for (const [place, sibling] of (message.parent?.children ?? []).entries()) sibling.id ??= siblings[place]
      expect(message.id, 'the id of a message that is shown').toBe(id)
    }
    for (const [index, queued] of model.queue.entries()) queued.id ??= state.queue[index]?.message.id ?? ''
  }

  /** Finds out which request each reply has sent. */
  bindRequests(): void {
    const { model, world } = this
    for (const request of world.server.takeRequests()) {
      const run = this.senderOf(request)
      if (!run) throw new Error(`Nobody can have asked ${request.model} for "${request.textOf('user')}".`)
      run.phase = 'sent'
      run.request = request
      run.aliveAt = model.now
      if (model.runs.includes(run) && !world.server.isReachable) model.failStep(run, 'error', 'offline', false)
    }
    model.stoppedUnsent = []
    for (const run of model.runs) {
      if (run.phase === 'unsent') throw new Error(`${run.model} was never asked.`)
      if (run.phase === 'retrying' && model.now - run.retryFrom > 700)
        throw new Error(`${run.model} was not asked again.`)
    }
  }

  /** Lets a few turns pass, in which a reply may begin; but none that would end in them. */
  async pause(turns: number): Promise<void> {
    const { model, world } = this
    const wouldEnd = model.runs.some(
      ({ phase }) => phase === 'calling' || (phase === 'unsent' && !world.server.isReachable),
    )
    if (wouldEnd) return settleAndCompare(model, this)
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  }

  /** Whether what waits has had its turn meanwhile is seen by the queue. */
  observe(): void {
    const { model, world } = this
    for (let left = model.queue.length - world.chat.getState().queue.length; left > 0; left--) model.sendQueued()
    this.bind()
  }

  private senderOf(request: ScriptedRequest): ModelRun | undefined {
    const { model } = this
    // What was stopped in the very turn of its request has cancelled it.
    const isCancelled = request.isOver && this.world.server.isReachable
    const find = () => {
      const senders = isCancelled ? model.stoppedUnsent : [...model.runs, ...model.stoppedUnsent]
      const able = senders.filter((each) => this.mayHaveSent(each))
      return able.find((each) => asksFor(each, request)) ?? able.find((each) => mayAskFor(each, request))
    }
    const run = find()
    if (run) return run
    // One that failed at once may have let the next go.
    model.settle()
    return find()
  }

  private mayHaveSent({ phase, retryFrom }: ModelRun): boolean {
    return phase === 'unsent' || (phase === 'retrying' && (this.model.now - retryFrom >= 375 || this.isBackOnline))
  }

  /** The network came back a moment ago: whoever waits need not wait any longer. */
  isBackOnline = false

  compare(): void {
    const { model, world } = this
    const state = world.chat.getState()
    this.bind()
    expect(state.status, 'status').toBe(model.status)
    expect(state.error?.code, 'error').toBe(model.status === 'error' ? model.errorCode : undefined)
    expect(state.queue.map(({ message }) => [message.id, message.content])).toEqual(
      model.queue.map(({ id, text }) => [id, text]),
    )
    expect([...state.replyIds].sort()).toEqual(model.runs.map(({ message }) => message.id).sort())
    const all = model.tree.all()
    expect(new Set(allMessages(state).map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)))
    for (const message of all) this.compareMessage(state, message)
    if (!model.isBusy) this.compareAtRest(state)
    for (const promise of this.promises) this.comparePromise(state, promise)
    expect([world.finished.length, world.failed], 'calls of onFinish and onError').toEqual([
      model.finished,
      model.failed,
    ])
    expect(world.server.open.length, 'requests that are open').toBe(
      model.runs.filter(({ request, phase }) => phase === 'sent' && request && !request.isOver).length,
    )
  }

  private compareMessage(state: ChatState, message: ModelMessage): void {
    const { model, seen } = this
    const { id = '', parent, version } = message
    const found = findMessage(state, id)
    if (!found) throw new Error(`A message is gone: "${message.text}".`)
    expect(siblingsOf(state, id)).toEqual(parent?.children.map((each) => each.id))
    expect(pathTo(state, id).map((each) => each.id)).toEqual(model.tree.pathTo(message).map((each) => each.id))
    expect(found.role).toBe(message.role)
    for (const call of message.calls) {
      const part = findCall(found, call.id)
      // What came since the last frame may not be there yet.
      if (part || !model.runOf(message)) expect(part?.state, `the call of ${call.toolName}`).toBe(call.state)
    }
    const run = model.runOf(message)
    if (run) return compareRunning(found, run)
    expect(found.content).toBe(message.text)
    expect([found.status, found.finishReason, found.error?.code]).toEqual([
      'done',
      message.finishReason,
      message.errorCode,
    ])
    const before = seen.get(message)
    if (before?.version === version && before.object !== found) throw new Error('A settled message was replaced.')
    seen.set(message, { version, object: found })
  }

  private compareAtRest(state: ChatState): void {
    const all = this.model.tree.all()
    const total = all.reduce((sum, { usages }) => sum + usages, 0)
    expect(state.usage?.inputTokens ?? 0, 'tokens used').toBe(total)
    expect([state.retryAt, state.stalledForMs]).toEqual([undefined, undefined])
  }

  private comparePromise(state: ChatState, { expected, outcome }: Watched): void {
    const { isSettled, value, error } = outcome
    const kind = !isSettled ? 'pending' : error ? 'rejected' : 'resolved'
    expect(kind, `a promise for "${expected.message?.text}"`).toBe(
      expected.state === 'taken-back' ? 'resolved' : expected.state,
    )
    if (expected.state === 'taken-back') expect(value).toMatchObject({ content: '', finishReason: 'aborted' })
    const { message, ending } = expected
    if (!value || !message || !ending) return
    expect([value.content, value.finishReason]).toEqual([ending.text, ending.finishReason])
    if (message.id) expect(value.id).toBe(message.id)
    const isStill = message.version === ending.version && this.model.tree.has(message)
    if (isStill && findMessage(state, value.id) !== value) throw new Error('A promise brought another object.')
  }

  /** After the chat was left: nothing may go on, wait or be open. */
  compareEnd(): void {
    const { world, model } = this
    expect(model.isBusy).toBe(false)
    expect(world.server.open).toEqual([])
    expect([world.waitingFrames, world.listeners], 'frames and listeners left').toEqual([0, 0])
    for (const { expected } of this.promises) expect(expected.state).not.toBe('pending')
  }
}

function compareRunning(found: Message, { message, seenLength }: ModelRun): void {
  expect(found.status).toBe(message.hasParts ? 'streaming' : 'pending')
  expect([found.finishReason, found.error]).toEqual([undefined, undefined])
  const { text } = message
  const { content } = found
  // Between what has to be seen and what has come.
  if (content.length < seenLength || !text.startsWith(content))
    throw new Error(`It shows "${content}" of "${text}", of which ${seenLength} characters are due.`)
}

function asksFor({ asks, model }: ModelRun, request: ScriptedRequest): boolean {
  const { user, assistant, answeredCalls, isWhole } = asks
  if (request.model !== model || request.textOf('user') !== user) return false
  if (!isWhole) return true
  return request.textOf('assistant') === assistant && request.answeredCalls.join() === answeredCalls.join()
}

/** How a model is asked to go on is the wire's business: with the beginning, or with a turn of ours. */
function mayAskFor({ asks, model, isContinued }: ModelRun, request: ScriptedRequest): boolean {
  if (!isContinued || request.model !== model || !request.textOf('user').startsWith(asks.user)) return false
  return !asks.isWhole || request.textOf('assistant') === asks.assistant
}
