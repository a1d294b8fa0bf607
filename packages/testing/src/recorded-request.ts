import type { Outcome } from './body/body.ts'
import { isObject, type JsonObject, objectsOf, parseJson } from './json.ts'

/** A message of a request, with its text parts joined. */
export interface RequestMessage {
  readonly role: string
  readonly text: string
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
  settle(outcome: Outcome): void
}

/** Reads a request to its end. `earlier` are the requests before it. */
export async function recordRequest(request: Request, earlier: readonly RecordedRequest[]): Promise<Recording> {
  const payload = parseJson(await request.text())
  const body = isObject(payload) ? payload : {}
  const messages = objectsOf(body.messages).map(({ role, content }) => ({
    role: String(role),
    text: textOf(content),
  }))
  const sameBefore = earlier.filter((other) => other.url === request.url && isSame(other.messages, messages)).length
  let outcome: Outcome | undefined
  const { promise: settled, resolve } = withResolvers()
  return {
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body,
      model: typeof body.model === 'string' ? body.model : '',
      messages,
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

/** Content is a string, or a list in which images and files stand between the texts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
}

// Promise.withResolvers is newer than the oldest Node we run on.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
