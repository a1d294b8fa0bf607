import type { WireEncoding } from '../encoders/wire-encoder.ts'
import type { HttpFaultName } from '../faults/fault.ts'
import { isObject, type JsonObject, objectsOf } from '../json.ts'
import type { RequestMessage, RequestTool } from '../recorded-request.ts'

/** What a request for a reply asks, in whatever words its format has. */
export interface Asked {
  /** `''` where there was none. */
  readonly model: string
  /** Instructions come first, as a message of the system; what a tool returned is a message of its own. */
  readonly messages: readonly RequestMessage[]
  readonly tools: readonly RequestTool[]
  readonly wantsStream: boolean
  readonly wantsUsage: boolean
  /** The whole answer is the only item of a list. */
  readonly wantsList?: boolean
}

/** A request that is turned down. */
export interface Refusal {
  readonly name: HttpFaultName
  readonly retryAfterSeconds?: number | undefined
  readonly requestId: string
}

/** How a wire format is asked over HTTP, and all that it answers but replies. */
export interface Endpoint {
  readonly encoding: WireEncoding
  /** Where a POST asks for a reply; absent where the format has no path of its own. */
  readonly chatPath?: RegExp
  /** What the ids of replies begin with. */
  readonly idPrefix: string
  readonly requestIdHeader: string
  /** Whether a reply says at its start what has been used so far. */
  readonly reportsUsageFirst?: boolean
  readRequest(body: JsonObject, url: URL): Asked
  readKey(headers: Headers, url: URL): string | null | undefined
  refuse(refusal: Refusal): Response
  /** Whether a GET asks for this list of models. */
  listsModels(headers: Headers, url: URL): boolean
  modelList(models: readonly string[], url: URL): object
}

/** Content is a string, or a list in which images and files stand between the texts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
}

/** What a tool returned, as text: a value that is none is JSON. */
export function outputText(output: unknown): string {
  if (typeof output === 'string') return output
  return Array.isArray(output) && output.every(isObject) ? textOf(output) : (JSON.stringify(output) ?? '')
}

/** Instructions as a message; none where there are none. */
export function systemMessages(instructions: unknown): RequestMessage[] {
  const text = textOf(instructions)
  return text ? [{ role: 'system', text }] : []
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function bearerKey(headers: Headers): string | undefined {
  return /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
}

/** An error as JSON. */
export function errorResponse(status: number, body: object, retryAfterSeconds?: number): Response {
  return Response.json(body, { status, headers: retryAfter(retryAfterSeconds) })
}

export function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** One page of a list, and whether there is more after it. */
export function pageOf<T>(list: readonly T[], start: number, length: number): { page: readonly T[]; hasMore: boolean } {
  return { page: list.slice(start, start + length), hasMore: start + length < list.length }
}
