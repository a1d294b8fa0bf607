/** One event with a payload: text as it stands, anything else as JSON. */
export function event(payload: unknown): string {
  return `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`
}

/** A chunk of Chat Completions with one choice. `beside` goes next to the choices. */
export function choice(content: object, beside: object = {}): string {
  return event({ choices: [{ index: 0, finish_reason: null, ...content }], ...beside })
}

export function delta(content: object): string {
  return choice({ delta: content })
}

export function say(content: string): string {
  return delta({ content })
}

/** Deltas of tool calls, one event each. */
export function toolCalls(...calls: readonly object[]): string {
  return calls.map((call) => delta({ tool_calls: [call] })).join('')
}

export function finish(reason = 'stop'): string {
  return choice({ delta: {}, finish_reason: reason })
}

export const done = event('[DONE]')
