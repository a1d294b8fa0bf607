import {
  ChatError,
  type Chunk,
  type FinishReason,
  type Message,
  type Part,
  type ToolCallPart,
  type ToolDefinition,
} from '@millrace/core'
import { describeIssues, validated } from './standard-schema.ts'
import type { AnyTool, Tool, ToolContext, Tools } from './tool.ts'

/** What a call returned, or why it failed. */
export type ToolOutput =
  | { readonly toolCallId: string; readonly output: unknown }
  | { readonly toolCallId: string; readonly errorText: string }

/** Whether a call that needs it may be run. */
export interface ToolApprovalResponse {
  readonly toolCallId: string
  readonly approved: boolean
  /** Told to the model where the call is refused. */
  readonly reason?: string
}

/** A reply whose request has ended, with calls in it. */
export interface ToolStep {
  readonly tools: Tools
  /** How the request ended. */
  readonly finishReason: FinishReason
  /** How many requests the reply has taken, and how many it may take. */
  readonly count: number
  readonly maxSteps: number
  readonly signal: AbortSignal
  /** The reply as it is now: outcomes and approvals may come from outside as well. */
  latest(): Message
  update(change: (message: Message) => Message): void
  /** Gets the outcomes as they come, and an end where it goes wrong. */
  emit(chunk: Chunk): void
  /** @throws {TypeError} where the next request cannot be written. */
  askOn(): void
  onToolCall(call: ToolCallPart): void
}

/** What runs tools and decides how a reply goes on. It comes with `tool`. */
export interface ToolLoop {
  /**
   * The tools as the model is told of them.
   * @throws {TypeError} for a schema that does not say what it takes.
   */
  definitions(tools: Tools): readonly ToolDefinition[]
  /**
   * Runs what can be run, all at the same time, and asks on once every call has its outcome. Never rejects: what a tool
   * throws is told to the model.
   * @returns whether it has asked on.
   */
  runCalls(step: ToolStep): Promise<boolean>
  /** The message with such a call as it is with that answer, and whether it has anything to go on with. */
  answered(
    tools: Tools,
    messages: readonly Message[],
    answer: ToolOutput | ToolApprovalResponse,
  ): { readonly message: Message; readonly canGoOn: boolean } | undefined
}

export const toolLoop: ToolLoop = { definitions, runCalls, answered }

function definitions(tools: Tools): readonly ToolDefinition[] {
  return Object.entries(tools).map(([name, { description, inputSchema, jsonSchema }]) => {
    const parameters = jsonSchema ?? inputSchema?.['~standard'].jsonSchema?.input({ target: 'draft-07' })
    if (inputSchema && !parameters) {
      throw new TypeError(`The schema of the tool ${name} has no JSON Schema, which the model needs. Give jsonSchema.`)
    }
    return { name, ...(description && { description }), parameters: parameters ?? { type: 'object' } }
  })
}

async function runCalls(step: ToolStep): Promise<boolean> {
  const { tools, count, maxSteps, signal, latest, emit, update } = step
  // What ended early may have left calls half written.
  if (!/^(stop|tool-calls|unknown)$/.test(step.finishReason)) return false
  const asked = latest()
  for (const call of openCalls(asked)) step.onToolCall(call)
  const repeated = openCalls(asked).find((call) => asked.parts.filter(sameCall(call)).length > 2)
  if (repeated) return fail('tool-loop', `The model keeps calling ${repeated.toolName} with the same arguments.`)
  for (;;) {
    const message = latest()
    const calls = runnableCalls(tools, message)
    if (calls.length === 0 && openCalls(message).length > 0) return false
    if (calls.length === 0) break
    const run = async (call: ToolCallPart) => {
      const { toolCallId } = call
      const outcome = await outcomeOf(call, tools[call.toolName], { toolCallId, message, signal })
      if (outcome) emit({ type: 'tool-call-output', toolCallId, ...outcome })
      else update((reply) => changeCall(reply, toolCallId, { state: 'approval-requested' }))
    }
    await Promise.all(calls.map(run))
    if (signal.aborted) return false
  }
  if (count >= maxSteps) return fail('tool-loop', `The model still calls tools after ${count} steps.`)
  try {
    step.askOn()
    return true
  } catch (cause) {
    return fail('tool-failed', 'What the tools returned cannot be sent.', cause)
  }

  function fail(code: 'tool-loop' | 'tool-failed', what: string, cause?: unknown): false {
    emit({ type: 'error', error: new ChatError(code, { what, cause }) })
    emit({ type: 'message-end', finishReason: 'error' })
    return false
  }
}

/** The calls that wait for an outcome from here. One that was cut short is none of them. */
const openCalls = ({ parts }: Message) =>
  parts.filter(
    (part): part is ToolCallPart =>
      part.type === 'tool-call' && !part.providerExecuted && /^(input-a|approval)/.test(part.state),
  )

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
    if (mustAsk && !call.approved) return undefined
    const output = await execute?.(input, context)
    // Where it is no JSON it throws here, where that can still be told.
    JSON.stringify(output)
    return { output: output ?? null }
  } catch (error) {
    return { errorText: error instanceof Error ? error.message : String(error) }
  }
}

function answered(tools: Tools, messages: readonly Message[], answer: ToolOutput | ToolApprovalResponse) {
  const { toolCallId } = answer
  const caller = messages.findLast(({ parts }) =>
    parts.some((part) => part.type === 'tool-call' && part.toolCallId === toolCallId),
  )
  if (!caller) return undefined
  const message = changeCall(caller, toolCallId, changeBy(answer))
  return { message, canGoOn: openCalls(message).length === 0 || runnableCalls(tools, message).length > 0 }
}

function changeBy(answer: ToolOutput | ToolApprovalResponse): Partial<ToolCallPart> {
  if ('output' in answer) return { output: answer.output, state: 'output-available' }
  if ('errorText' in answer) return { errorText: answer.errorText, state: 'output-error' }
  const { approved, reason } = answer
  if (approved) return { approved, state: 'input-available' }
  return { approved, errorText: ['The user declined.', reason].filter(Boolean).join(' '), state: 'output-error' }
}

function changeCall(message: Message, toolCallId: string, change: Partial<ToolCallPart>): Message {
  const parts = message.parts.map((part) =>
    part.type === 'tool-call' && part.toolCallId === toolCallId ? { ...part, ...change } : part,
  )
  return { ...message, parts }
}
