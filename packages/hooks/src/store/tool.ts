import type { Message } from '@millrace/core'
import type { StandardSchema } from './standard-schema.ts'
import { type ToolLoop, toolLoop } from './tool-loop.ts'

/** What a tool is told besides its input. */
export interface ToolContext {
  readonly toolCallId: string
  /** The reply that calls, as far as it has come. */
  readonly message: Message
  /** Aborts when the reply is stopped. */
  readonly signal: AbortSignal
}

/** A function that the model may call. */
export interface ToolDefinition<Input = unknown, Output = unknown> {
  /** Tells the model what it is for. */
  readonly description?: string
  /** What it takes: a schema of zod, valibot, arktype or any library of the Standard Schema. Default: anything. */
  readonly inputSchema?: StandardSchema<Input>
  /** The same as JSON Schema, for the model. Default: what the schema says of itself, as zod's do from 4.2 on. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>
  /**
   * Runs here. What it returns goes to the model as JSON; what it throws, as an error. Without it the call waits for
   * `addToolOutput`.
   */
  execute?(input: Input, context: ToolContext): Output | Promise<Output>
  /** Whether a person has to agree first, with `addToolApprovalResponse`. Default `false`. */
  readonly needsApproval?: boolean | ((input: Input, context: ToolContext) => boolean | Promise<boolean>)
}

/** A tool, and with it what runs tools: a chat without any does not pay for that. */
export interface Tool<Input = unknown, Output = unknown> extends ToolDefinition<Input, Output> {
  readonly loop: ToolLoop
}

/** A tool, whatever it takes. */
export interface AnyTool extends Omit<Tool, 'execute' | 'needsApproval'> {
  execute?(input: never, context: ToolContext): unknown
  readonly needsApproval?: boolean | ((input: never, context: ToolContext) => boolean | Promise<boolean>)
}

/** Tools by the name that the model calls them. */
export type Tools = Readonly<Record<string, AnyTool>>

/** Makes a tool. The types of its input and output follow from its schema. */
export function tool<Input, Output>(definition: ToolDefinition<Input, Output>): Tool<Input, Output> {
  return { ...definition, loop: toolLoop }
}
