import {
  allMessages,
  ChatError,
  type ChatRequest,
  type Chunk,
  findMessage,
  type Message,
  type Part,
  pathTo,
  type ToolCallPart,
  type ToolDefinition,
  type Usage,
  uniqueCallIds,
  updateMessage,
} from '@millrace/core'
import { call } from './call.ts'
import { type CallAnswer, giveAnswers } from './call-answers.ts'
import type { ChatState } from './chat-state.ts'
import type { ResolvedOptions } from './resolve-options.ts'
import { describeIssues, validated } from './standard-schema.ts'
import { addUsage } from './thread-usage.ts'
import type { AnyTool, Tool, ToolContext, Tools } from './tool.ts'

/** What a call returned, or why it failed. */
export type ToolOutput<Output = unknown> =
  | { readonly toolCallId: string; readonly output: Output }
  | {
      readonly toolCallId: string
      readonly errorText: string
      /** A person has declined it. */
      readonly approved?: false
    }

/** Whether a call that needs it may be run. */
export interface ToolApprovalResponse {
  readonly toolCallId: string
  readonly approved: boolean
  /** Told to the model where the call is refused. */
  readonly reason?: string
}

/** The chat in which tools are called. */
export interface ToolChat {
  getState(): ChatState
  getOptions(): ResolvedOptions
  change<Args extends unknown[]>(transition: (state: ChatState, ...args: Args) => ChatState, ...args: Args): ChatState
}

/** A reply that may call tools. */
export interface ToolRun {
  readonly id: string
  readonly chat: ToolChat
  /** Those at the time it was asked for. */
  readonly options: ResolvedOptions
  readonly signal: AbortSignal
  /** What comes of the first request; without it the reply goes on with the calls it has. */
  readonly chunks: AsyncIterable<Chunk> | undefined
  /** Sends the next request. @throws {TypeError} where it cannot be written. */
  ask(next: Pick<ChatRequest, 'messages'>): AsyncIterable<Chunk>
  /** The reply as it is now: outcomes and approvals may come from outside as well. */
  latest(): Message
  /** Gets the outcomes as they come, and an end that must not wait its turn. */
  emit(chunk: Chunk): void
}

/** What runs tools and decides how a reply goes on. It comes with `tool`. */
export interface ToolLoop {
  /**
   * The tools as the model is told of them.
   * @throws {TypeError} for a schema that does not say what it takes.
   */
  definitions(tools: Tools | undefined): readonly ToolDefinition[]
  /**
   * A reply in steps: a request, what its calls return, the next request, until one ends without calls that are run here.
   * What a tool throws is told to the model.
   */
  write(run: ToolRun): AsyncGenerator<Chunk, void>
  /** Whether it has calls that wait for an outcome from here. */
  hasOpenCalls(message: Message): boolean
  /** Answers a call. One that has its outcome keeps it. @returns nothing where there is no such call. */
  answer(chat: ToolChat, answer: CallAnswer): AnsweredReply | undefined
  /** For a chat that shows what another tab writes. */
  readonly giveAnswers: typeof giveAnswers
}

/** The reply with the call that was answered, and whether it has anything to go on with. */
export interface AnsweredReply {
  readonly message: Message
  readonly canGoOn: boolean
}

export const toolLoop: ToolLoop = { definitions, write, hasOpenCalls, answer, giveAnswers }

function definitions(tools: Tools = {}): readonly ToolDefinition[] {
  return Object.entries(tools).map(([name, { description, inputSchema, jsonSchema }]) => {
    const parameters = jsonSchema ?? inputSchema?.['~standard'].jsonSchema?.input({ target: 'draft-07' })
    if (inputSchema && !parameters) {
      throw new TypeError(`The schema of the tool ${name} has no JSON Schema, which the model needs. Give jsonSchema.`)
    }
    return { name, ...(description && { description }), parameters: parameters ?? { type: 'object' } }
  })
}

type End = Extract<Chunk, { type: 'message-end' }>

async function* write(run: ToolRun): AsyncGenerator<Chunk, void> {
  let { chunks } = run
  let usage: Usage | undefined
  for (let count = 1; ; count++) {
    let end: End = { type: 'message-end', finishReason: 'tool-calls' }
    let hasCalls = !chunks
    const before = usage
    const { parts } = run.latest()
    const named = uniqueCallIds((id) => parts.some(isCall(id)))
    for await (const each of chunks ?? []) {
      const chunk = named(each)
      if (chunk.type === 'tool-call-start') hasCalls ||= !chunk.providerExecuted
      if (chunk.type === 'message-end') end = chunk
      else if (chunk.type === 'usage') {
        // Each step is paid for.
        usage = addUsage(before, chunk.usage)
        yield { ...chunk, usage }
      } else yield chunk
    }
    try {
      // What ended early may have left calls half written.
      const isWhole = /^(stop|tool-calls|unknown)$/.test(end.finishReason)
      if (!hasCalls || !isWhole || !(await runCalls(run, count, chunks !== undefined, end))) return yield end
      chunks = run.ask({ messages: pathTo(run.chat.getState(), run.id) })
    } catch (cause) {
      const what = 'What the tools returned cannot be sent.'
      const error = cause instanceof ChatError ? cause : new ChatError('tool-failed', { what, cause })
      yield { type: 'error', error }
      return yield { type: 'message-end', finishReason: 'error' }
    }
  }
}

/**
 * Runs what can be run, all at the same time.
 * @param areNew Just called. Those that were called before are gone on with because somebody wants that.
 * @param end Of a reply whose calls wait for somebody. It is told at once: whoever answers next has it go on.
 * @returns whether every call has its outcome.
 * @throws {ChatError} `tool-loop`.
 */
async function runCalls(run: ToolRun, count: number, areNew: boolean, end: End): Promise<boolean> {
  const { id, chat, signal, latest, emit } = run
  const { tools = {}, maxSteps } = run.options
  const asked = latest()
  const newCalls = areNew ? openCalls(asked) : []
  for (const toolCall of newCalls) call(chat.getOptions().onToolCall, { toolCall })
  const repeated = newCalls.find((each) => asked.parts.filter(sameCall(each)).length > 2)
  if (repeated) throw toolLoopError(`The model keeps calling ${repeated.toolName} with the same arguments.`)
  for (;;) {
    const message = latest()
    const calls = runnableCalls(tools, message)
    if (calls.length === 0 && hasOpenCalls(message)) {
      emit(end)
      return false
    }
    if (calls.length === 0) break
    const settle = async (each: ToolCallPart) => {
      const { toolCallId } = each
      const outcome = await outcomeOf(each, tools[each.toolName], { toolCallId, message, signal })
      const now = findMessage(chat.getState(), id)
      // Somebody has answered it meanwhile.
      if (now && !openCalls(now).some(isCall(toolCallId))) return
      if (outcome) emit({ type: 'tool-call-output', toolCallId, ...outcome })
      else chat.change(updateMessage, id, (reply) => changeCall(reply, toolCallId, { state: 'approval-requested' }))
    }
    await Promise.all(calls.map(settle))
    if (signal.aborted) return false
  }
  if (count >= maxSteps) throw toolLoopError(`The model still calls tools after ${count} steps.`)
  return true
}

const toolLoopError = (what: string) => new ChatError('tool-loop', { what })

/**
 * A call that waits for an outcome from here. One that was cut short does not, nor one that a server runs once it is told
 * that a person has agreed.
 */
const isOpen = (part: Part): part is ToolCallPart =>
  part.type === 'tool-call' &&
  !part.providerExecuted &&
  !(part.approvalId && part.approved) &&
  /^(input-a|approval)/.test(part.state)

const openCalls = ({ parts }: Message) => parts.filter(isOpen)

function hasOpenCalls({ parts }: Message): boolean {
  return parts.some(isOpen)
}

const isCall =
  (toolCallId: string) =>
  (part: Part): part is ToolCallPart =>
    part.type === 'tool-call' && part.toolCallId === toolCallId

const sameCall = (call: ToolCallPart) => (part: Part) =>
  part.type === 'tool-call' && part.toolName === call.toolName && part.argumentsText === call.argumentsText

/** What can be done without anybody's help. A tool that is not there is an error for the model. */
function runnableCalls(tools: Tools, message: Message): readonly ToolCallPart[] {
  return openCalls(message).filter(({ toolName, state, approved }) => {
    const known = tools[toolName]
    return state === 'input-available' && (!known || known.execute || (known.needsApproval && !approved))
  })
}

type Outcome = { readonly output: unknown } | { readonly errorText: string }

/** Undefined where a person has to be asked first. */
async function outcomeOf(
  call: ToolCallPart,
  tool: AnyTool | undefined,
  context: ToolContext,
): Promise<Outcome | undefined> {
  try {
    if (!tool) throw new Error(`There is no tool ${call.toolName}.`)
    const { inputSchema, needsApproval, execute } = tool as Tool // its input is what the schema makes of this
    const checked = inputSchema ? await validated(inputSchema, call.input) : { value: call.input }
    if (checked.issues) throw new Error(`The input does not fit. ${describeIssues(checked.issues)}`)
    const input = checked.value
    const mustAsk = typeof needsApproval === 'function' ? await needsApproval(input, context) : needsApproval
    // Stopped meanwhile: what comes of it is too late to matter.
    context.signal.throwIfAborted()
    if (mustAsk && !call.approved) return undefined
    const output = await execute?.(input, context)
    // Where it is no JSON it throws here, where that can still be told.
    JSON.stringify(output)
    return { output: output ?? null }
  } catch (error) {
    return { errorText: error instanceof Error ? error.message : String(error) }
  }
}

function answer(
  { getState, getOptions, change }: ToolChat,
  given: ToolOutput | ToolApprovalResponse,
): AnsweredReply | undefined {
  const { toolCallId } = given
  const { tools = {} } = getOptions()
  const caller = allMessages(getState()).findLast(({ parts }) => parts.some(isCall(toolCallId)))
  if (!caller) return undefined
  if (!openCalls(caller).some(isCall(toolCallId))) return { message: caller, canGoOn: false }
  const message = changeCall(caller, toolCallId, changeBy(given))
  change(updateMessage, message.id, () => message)
  return { message, canGoOn: !hasOpenCalls(message) || runnableCalls(tools, message).length > 0 }
}

function changeBy(answer: ToolOutput | ToolApprovalResponse): Partial<ToolCallPart> {
  if ('output' in answer) return { output: answer.output, state: 'output-available' }
  if ('errorText' in answer) return { ...answer, state: 'output-error' }
  const { approved, reason } = answer
  if (approved) return { approved, state: 'input-available' }
  return { approved, errorText: ['The user declined.', reason].filter(Boolean).join(' '), state: 'output-error' }
}

function changeCall(message: Message, toolCallId: string, change: Partial<ToolCallPart>): Message {
  const isIt = isCall(toolCallId)
  return { ...message, parts: message.parts.map((part) => (isIt(part) ? { ...part, ...change } : part)) }
}
