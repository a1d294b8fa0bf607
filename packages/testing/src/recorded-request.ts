import type { Outcome } from './body/body.ts'
import type { Asked, Endpoint } from './endpoints/endpoint.ts'
import { isObject, type JsonObject, parseJson } from './json.ts'

/**
 * A message of a request, with its text parts joined. Whatever the format, instructions are messages of the `system`,
 * replies of the `assistant`, and what a tool returned is a message of the `tool`.
 */
export interface RequestMessage {
  readonly role: string
  readonly text: string
}

/** A tool that a request offers. */
export interface RequestTool {
  readonly name: string
  /** A JSON Schema, where there is one. */
  readonly parameters: unknown
}

/** A request that a fake provider got, and what became of it. */
export interface RecordedRequest {
  readonly method: string
  readonly url: string
  /** As they came, `authorization` included. */
  readonly headers: Headers
  /** The JSON body; `{}` where there was none. */
  readonly body: JsonObject
  /** The model asked for; `''` where there was none. */
  readonly model: string
  readonly messages: readonly RequestMessage[]
  readonly tools: readonly RequestTool[]
  /** The text of the last user message. */
  readonly prompt: string
  /** How often the same messages were asked for, this time included: 1, 2, 3 … */
  readonly attempt: number
  /** The client left before it had everything. */
  readonly cancelled: boolean
  /** Resolves once nothing more happens to the request: all is sent, the client left, or the connection broke. */
  readonly settled: Promise<void>
}

/** A request with the means to say how it ended. */
export interface Recording {
  readonly request: RecordedRequest
  readonly asked: Asked
  settle(outcome: Outcome): void
}

/** Reads a request to its end, in the words of its endpoint. `earlier` are the requests before it. */
export async function recordRequest(
  request: Request,
  earlier: readonly RecordedRequest[],
  endpoint: Endpoint,
): Promise<Recording> {
  const payload = parseJson(await request.text())
  const body = isObject(payload) ? payload : {}
  const asked = endpoint.readRequest(body, new URL(request.url))
  const { model, messages, tools } = asked
  const sameBefore = earlier.filter((other) => other.url === request.url && isSame(other.messages, messages)).length
  let outcome: Outcome | undefined
  const { promise: settled, resolve } = withResolvers()
  return {
    asked,
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body,
      model,
      messages,
      tools,
      prompt: messages.findLast(({ role }) => role === 'user')?.text ?? '',
      attempt: sameBefore + 1,
      settled,
      get cancelled() {
        return outcome === 'cancelled'
      },
    },
    settle(how) {
      outcome ??= how
      resolve()
    },
  }
}

function isSame(some: readonly RequestMessage[], others: readonly RequestMessage[]): boolean {
  const isEqual = ({ role, text }: RequestMessage, index: number) =>
    role === others[index]?.role && text === others[index]?.text
  return some.length === others.length && some.every(isEqual)
}

// Promise.withResolvers is newer than the oldest Node we run on.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
