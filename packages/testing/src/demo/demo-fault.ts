import { type Fault, type FaultName, faultNames } from '../faults/fault.ts'
import type { RecordedRequest } from '../recorded-request.ts'
import { withoutContinueTurn } from './continued.ts'
import { mentions, normalizePrompt } from './language.ts'

const faultsByStatus: Readonly<Record<string, FaultName>> = {
  '400': 'bad-request',
  '401': 'unauthorized',
  '402': 'payment-required',
  '403': 'forbidden',
  '404': 'model-not-found',
  '429': 'rate-limited',
  '500': 'server-error',
  '503': 'overloaded',
}

/**
 * The fault that a prompt asks for: its name or status alone, or after `fault`, `error` or `lỗi`. `flaky` fails every
 * other attempt. A reply that is being continued never fails, so that the way out of a fault can be tried too.
 */
export function demoFault(request: RecordedRequest): Fault | undefined {
  const { prompt, messages, attempt } = withoutContinueTurn(request)
  if (messages.at(-1)?.role !== 'user') return undefined
  if (isFlaky(prompt)) return attempt % 2 === 1 ? { name: 'overloaded' } : undefined
  const name = faultInPrompt(prompt)
  // Long enough to see the seconds being counted down, short enough to wait for.
  return name === 'rate-limited' ? { name, retryAfterSeconds: 8 } : name && { name }
}

/** Whether the prompt asks for an answer that takes two attempts. */
export function isFlaky(prompt: string): boolean {
  return mentions(prompt, 'flaky') || mentions(prompt, 'chập chờn')
}

/** The name of the fault that the prompt asks for. */
export function faultInPrompt(prompt: string): FaultName | undefined {
  const text = normalizePrompt(prompt).replace(/[.!?…]+$/u, '')
  const asked = /(?:^|\s)(?:faults?|errors?|lỗi)[\s:]+(.+)$/u.exec(text)?.[1]
  const words = (asked ?? text).trim().replace(/[\s_]+/g, '-')
  const isAsked = (name: string) => words === name || (asked !== undefined && words.startsWith(`${name}-`))
  // `stall-before-first-token` starts with `stall`: the longest name that fits is meant.
  const fitting = faultNames.filter(isAsked).sort((a, b) => b.length - a.length)
  return fitting[0] ?? Object.entries(faultsByStatus).find(([status]) => isAsked(status))?.[1]
}
