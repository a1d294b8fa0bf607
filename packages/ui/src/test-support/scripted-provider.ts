/** A server that says, in the OpenAI chat format, what a test tells it to. */
export interface ScriptedProvider {
  readonly fetch: typeof globalThis.fetch
  /** The requests so far, oldest first. */
  readonly requests: readonly Request[]
  say(text: string): void
  /** Ends the answer; without a reason the connection just closes. */
  finish(reason?: string): void
  /** Answers the next request with an error. */
  failNext(status: number, headers?: Record<string, string>): void
}

export function createScriptedProvider(): ScriptedProvider {
  const encoder = new TextEncoder()
  const requests: Request[] = []
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  let failure: ResponseInit | undefined

  function write(data: unknown): void {
    body?.enqueue(encoder.encode(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`))
  }

  return {
    requests,
    async fetch(url, init) {
      const { signal: _signal, ...rest } = init ?? {}
      requests.push(new Request(url, rest))
      if (failure) {
        const response = new Response('{}', failure)
        failure = undefined
        return response
      }
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          body = controller
        },
      })
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
    },
    say: (text) => write({ choices: [{ index: 0, delta: { content: text } }] }),
    finish(reason) {
      if (reason) {
        write({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })
        write('[DONE]')
      }
      body?.close()
    },
    failNext(status, headers = {}) {
      failure = { status, headers: { 'content-type': 'application/json', ...headers } }
    },
  }
}
