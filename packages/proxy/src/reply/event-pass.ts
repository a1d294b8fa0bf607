import type { Usage } from '@millrace/core'
import { encodeSse, type ServerSentEvent } from '@millrace/core/sse'
import { redactText } from '../redact.ts'
import { readUsage } from './usage.ts'

// A quote inside a JSON text is escaped, so these match the event's own words only, never those of an answer.
// An empty reason or error is none: some servers send one with every event.
const finishReasonIn = /"finish_reason"\s*:\s*"([^"]+)"/
const errorIn = /"error"\s*:\s*(?:\{|"[^"])/
const usageIn = /"usage"\s*:\s*\{/

/** What one stream said of itself on its way through. */
export interface Findings {
  /** Whether a finish reason, a terminator or an error has passed. */
  readonly hasEnding: boolean
  readonly hasError: boolean
  readonly finishReason: string | undefined
  readonly usage: Usage | undefined
  readonly events: number
  /** Of the answer so far, estimated by the length of its events. */
  readonly outputTokens: number
}

/** Stands between an upstream's events and their reader. */
export interface EventPass {
  /** The event as it is sent on; nothing where it stays here. */
  push(event: ServerSentEvent): string | undefined
  readonly findings: Findings
}

export interface EventPassOptions {
  readonly secrets: readonly string[]
  /** Whether the usage was asked for by the proxy alone. The event that brings it then stays here. */
  readonly keepsUsage: boolean
  /** What is sent in place of an event's JSON; nothing to leave it out. */
  readonly change?: ((event: unknown) => unknown) | undefined
}

export function createEventPass({ secrets, keepsUsage, change }: EventPassOptions): EventPass {
  let hasTerminator = false
  let hasError = false
  let finishReason: string | undefined
  let usage: Usage | undefined
  let events = 0
  let outputTokens = 0
  // What is in every event, names and ids: the shortest has little else.
  let envelopeLength = Number.POSITIVE_INFINITY

  /** Whether the event may be sent on. */
  function look(data: string): boolean {
    if (data === '[DONE]') {
      hasTerminator = true
      return true
    }
    // Some gateways keep a connection alive by events that say nothing, which readers of JSON stumble over.
    if (!data) return false
    events++
    envelopeLength = Math.min(envelopeLength, data.length)
    outputTokens += 1 + Math.floor((data.length - envelopeLength) / 4)
    finishReason ??= finishReasonIn.exec(data)?.[1]
    hasError ||= errorIn.test(data)
    return !usageIn.test(data) || lookAtUsage(parse(data))
  }

  function lookAtUsage(event: unknown): boolean {
    usage = readUsage(event) ?? usage
    const isUsageAlone =
      typeof event === 'object' &&
      event !== null &&
      'choices' in event &&
      Array.isArray(event.choices) &&
      event.choices.length === 0 &&
      !('error' in event && event.error)
    return !(isUsageAlone && keepsUsage)
  }

  return {
    push({ type, data }) {
      if (!look(data)) return undefined
      const text = changed(data, change)
      if (text === undefined) return undefined
      return redactText(spell(type, text), secrets)
    },
    get findings() {
      const hasEnding = hasTerminator || hasError || finishReason !== undefined
      return { hasEnding, hasError, finishReason, usage, events, outputTokens }
    },
  }
}

function spell(type: string, data: string): string {
  // Nearly every event is like that.
  if (type === 'message' && !/[\r\n]/.test(data)) return `data: ${data}\n\n`
  // A name is passed on only where it is nothing but one: whatever else it holds could be read as another line.
  return encodeSse({ ...(/^[\w.-]{1,64}$/.test(type) && { type }), data })
}

function changed(data: string, change: EventPassOptions['change']): string | undefined {
  if (!change || data === '[DONE]') return data
  const event = parse(data)
  if (event === undefined) return data
  const result = change(event)
  return result === undefined || result === null ? undefined : result === event ? data : JSON.stringify(result)
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
