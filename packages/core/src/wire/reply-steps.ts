import { parseJson } from '../json.ts'
import type { Part, ToolCallPart } from '../message.ts'

/** What the model said in one go, and the calls in it. What the tools returned comes before the next step. */
export interface ReplyStep {
  /** In the order they were said, `calls` among them. */
  readonly parts: readonly Part[]
  readonly calls: readonly ToolCallPart[]
}

/**
 * The steps of a reply that called tools on its way: text after a call was written knowing what the tool returned.
 * Calls without an outcome are left out, since servers demand an answer to each, and so are those the provider ran.
 * @param isWanted Which calls are there, where those are others.
 */
export function toReplySteps(
  parts: readonly Part[],
  isWanted: (call: ToolCallPart) => unknown = isAnswered,
): ReplyStep[] {
  const steps: { parts: Part[]; calls: ToolCallPart[] }[] = []
  for (const part of parts) {
    if (part.type === 'tool-call' && !isWanted(part)) continue
    let step = steps.at(-1)
    if (!step || (step.calls.length > 0 && part.type !== 'tool-call')) {
      step = { parts: [], calls: [] }
      steps.push(step)
    }
    step.parts.push(part)
    if (part.type === 'tool-call') step.calls.push(part)
  }
  return steps
}

export function isAnswered(call: ToolCallPart): boolean {
  return !call.providerExecuted && call.state.startsWith('output-')
}

/** What a call returned, or why it failed, as text. */
export function outcomeText({ output, errorText }: ToolCallPart): string {
  return errorText ?? (typeof output === 'string' ? output : (JSON.stringify(output) ?? ''))
}

/** The arguments as a value: `{}` where there are none, or where they are no JSON. */
export function inputOf({ input, argumentsText }: ToolCallPart): unknown {
  return input ?? parseJson(argumentsText) ?? {}
}
