import { allMessages, type Message } from '@millrace/core'
import fc from 'fast-check'
import type { ChatModel } from './chat-model.ts'
import { type ChatWorld, findCall } from './chat-world.ts'
import { type ChatCommand, pick, settleAndCompare } from './command.ts'
import { createModelMessage, type ModelCall, type ModelMessage } from './message-tree.ts'
import type { Expected } from './model-run.ts'

interface Doing {
  readonly model: ChatModel
  readonly world: ChatWorld
  readonly chat: ChatWorld['chat']
  /** Both have to come to the same. */
  promise(expected: Expected, promise: Promise<Message>): void
}

interface Action {
  readonly name: string
  /** Does nothing where there is nothing to do it to. */
  act(doing: Doing): void
}

const words = ['Hi', 'Why?', 'More', 'Chào']
const models = ['default-model', 'model-a', 'model-b', 'model-c']

const action = (name: string, act: Action['act']): Action => ({ name, act })

/**
 * Several actions, one right after the other, or with so many turns in between: too few for what follows from the first
 * to be over when the next is done.
 */
function burst(actions: readonly Action[], turns: number): ChatCommand {
  return {
    check: () => true,
    async run(model, real) {
      const { world } = real
      const promise = (expected: Expected, actual: Promise<Message>) =>
        void real.promises.push({ expected, outcome: world.watch(actual) })
      for (const [place, { act }] of actions.entries()) {
        if (place > 0 && turns > 0) await real.pause(turns)
        real.observe()
        act({ model, world, chat: world.chat, promise })
        real.bind()
      }
      await settleAndCompare(model, real)
    },
    toString: () => actions.map(({ name }) => name).join(turns ? `, ${turns} turns, ` : ' and '),
  }
}

const index = fc.nat({ max: 11 })
const modelNames = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['default-model']) },
  { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...models), { minLength: 1, maxLength: 3 }) },
)
const whenBusy = fc.constantFrom('queue', 'queue', 'interrupt', 'reject') as fc.Arbitrary<'queue'>
const sendKind = fc.constantFrom('fine', 'fine', 'fine', 'fine', 'fine', 'empty', 'unsendable')

const send = fc.tuple(fc.constantFrom(...words), modelNames, whenBusy, sendKind).map(([word, names, busy, kind]) => {
  const text = kind === 'empty' ? '' : word
  const isSendable = kind !== 'unsendable'
  // No JSON can hold it.
  const body = isSendable ? {} : { top_k: 1n }
  return action(`send(${kind} "${word}", ${names}, ${busy})`, ({ model, chat, promise }) =>
    promise(
      model.send(text, { models: names, isSendable, whenBusy: busy }),
      chat.sendMessage(text, { models: names, body, whenBusy: busy }),
    ),
  )
})

const plain = (name: string, act: Action['act']) => fc.constant(action(name, act))

const onMessage = (name: string, act: (doing: Doing, message: ModelMessage) => void) =>
  index.map((place) =>
    action(`${name}(${place})`, (doing) => {
      const message = pick(doing.model.tree.all(), place)
      if (message?.id) act(doing, message)
    }),
  )

const stops = [
  plain('stop', ({ model, chat }) => {
    chat.stop()
    model.stop()
    if (chat.getState().replyIds.length > 0) throw new Error('It is still busy right after a stop.')
  }),
  onMessage('stopMessage', ({ model, chat }, message) => {
    chat.stopMessage(message.id ?? '')
    model.stopMessage(message)
  }),
  plain('stopAll', ({ model, chat }) => {
    chat.stopAll()
    model.stopAll()
  }),
]

const edit = fc.tuple(index, fc.constantFrom(...words, '')).map(([place, word]) =>
  action(`edit(${place}, "${word}")`, ({ model, chat, promise }) => {
    const message = pick(model.tree.all(), place)
    const text = message?.role === 'assistant' ? word || 'Mine' : word
    if (message?.id) promise(model.edit(message, text), chat.editMessage(message.id, text))
  }),
)

const regenerate = fc.tuple(fc.option(index), fc.option(fc.constantFrom(...models))).map(([place, name]) =>
  action(`regenerate(${place}, ${name})`, ({ model, chat, promise }) => {
    const message = place === null ? undefined : pick(model.tree.all(), place)
    const given = { messageId: message?.id, ...(name && { model: name }) }
    promise(model.regenerate(message, name ?? undefined), chat.regenerate(given))
  }),
)

const selectBranch = fc.tuple(index, fc.nat({ max: 3 })).map(([place, branch]) =>
  action(`selectBranch(${place}, ${branch})`, ({ model, chat }) => {
    const message = pick(model.tree.all(), place)
    if (!message?.id) return
    chat.selectBranch(message.id, branch)
    model.selectBranch(message, branch)
  }),
)

const goingOn = [
  onMessage('continueMessage', ({ model, chat, promise }, message) =>
    promise(model.continue(message), chat.continueMessage(message.id)),
  ),
  plain('continueMessage', ({ model, chat, promise }) => promise(model.continue(), chat.continueMessage())),
  plain('retry', ({ model, chat, promise }) => promise(model.retry(), chat.retry())),
  plain('clearError', ({ model, chat }) => {
    chat.clearError()
    model.clearError()
  }),
]

const queueing = [
  index.map((place) =>
    action(`cancelQueued(${place})`, ({ model, chat }) => {
      const queued = pick(model.queue, place)
      if (!queued) return
      chat.cancelQueued(queued.id ?? '')
      model.cancelQueued(model.queue.indexOf(queued))
    }),
  ),
  fc.tuple(index, fc.constantFrom(...words)).map(([place, word]) =>
    action(`editQueued(${place}, "${word}")`, ({ model, chat }) => {
      const queued = pick(model.queue, place)
      if (!queued) return
      chat.editQueued(queued.id ?? '', word)
      model.queue = model.queue.map((each) => (each === queued ? Object.assign(each, { text: word }) : each))
    }),
  ),
]

const setMessages = fc
  .tuple(fc.constantFrom('same', 'copies', 'first', 'last', 'more'), fc.nat({ max: 4 }))
  .map(([kind, count]) =>
    action(`setMessages(${kind} ${count})`, ({ model, chat }) => {
      const path = model.tree.path()
      if (kind === 'copies') {
        chat.setMessages((messages) => messages.map((message) => ({ ...message })))
        for (const message of path) message.version++
        model.setMessages(path)
      } else if (kind === 'more') {
        const content = `Note ${count}.`
        const added = createModelMessage({ role: count % 2 ? 'user' : 'assistant', text: content })
        chat.setMessages([...chat.getState().messages, { role: added.role, content } as Message])
        model.setMessages([...path, added])
      } else {
        const [from, to] = kind === 'first' ? [0, count] : kind === 'last' ? [path.length - count, path.length] : [0]
        chat.setMessages((messages) => messages.slice(Math.max(from, 0), to))
        model.setMessages(path.slice(Math.max(from, 0), to))
      }
    }),
  )

const clearMessages = plain('clearMessages', ({ model, chat }) => {
  chat.clearMessages()
  model.clearMessages()
})

const answerCall = fc.tuple(index, fc.constantFrom('output', 'error', 'approve', 'deny')).map(([place, kind]) =>
  action(`answerCall(${place}, ${kind})`, ({ model, chat, promise }) => {
    const state = (call: ModelCall) => /^(input-a|approval)/.test(call.state)
    const open = model.tree.all().flatMap((message) => message.calls.filter(state).map((call) => ({ message, call })))
    const found = pick(open, place)
    if (!found) return
    const { message, call } = found
    const { id: toolCallId } = call
    // Nobody can answer what is not shown yet.
    const isThere = allMessages(chat.getState()).some((each) => findCall(each, toolCallId)?.state === call.state)
    const isAsked = call.state === 'approval-requested'
    if (!isThere || (!isAsked && /approve|deny/.test(kind))) return
    if (kind === 'output')
      promise(
        model.answerCall(message, call, { state: 'output-available' }),
        chat.addToolOutput({ toolCallId, output: 1 }),
      )
    else if (kind === 'error')
      promise(
        model.answerCall(message, call, { state: 'output-error' }),
        chat.addToolOutput({ toolCallId, errorText: 'No.' }),
      )
    else if (kind === 'approve')
      promise(
        model.answerCall(message, call, { state: 'input-available', isApproved: true }),
        chat.addToolApprovalResponse({ toolCallId, approved: true }),
      )
    else
      promise(
        model.answerCall(message, call, { state: 'output-error' }),
        chat.addToolApprovalResponse({ toolCallId, approved: false }),
      )
  }),
)

/** Everything that a user and an application can do. */
const actions = fc.oneof(
  { weight: 8, arbitrary: send },
  ...stops.map((arbitrary) => ({ weight: 1, arbitrary })),
  { weight: 2, arbitrary: edit },
  { weight: 3, arbitrary: regenerate },
  { weight: 3, arbitrary: selectBranch },
  ...goingOn.map((arbitrary) => ({ weight: 1, arbitrary })),
  ...queueing.map((arbitrary) => ({ weight: 1, arbitrary })),
  { weight: 2, arbitrary: setMessages },
  { weight: 1, arbitrary: clearMessages },
  { weight: 4, arbitrary: answerCall },
)

/** One of them, or several at a time. */
export const actionCommands: fc.Arbitrary<ChatCommand> = fc.oneof(
  { weight: 3, arbitrary: actions.map((only) => burst([only], 0)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(actions, { minLength: 2, maxLength: 3 }), fc.nat({ max: 6 }))
      .map(([several, turns]) => burst(several, turns)),
  },
)
