import { brokenOff, type ChatError } from '../errors.ts'
import { errorFromResponse } from '../provider-error.ts'
import { explainFetchError } from './fetch-error.ts'

/** A response whose body may be a reply. */
export interface Answer {
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array>
  /** Of the request: its abort ends the body as well. */
  readonly signal: AbortSignal
}

/** What came of a request; else why nothing did, which may be an abort. */
export async function ask(
  url: string,
  init: RequestInit & { readonly signal: AbortSignal },
  fetch: typeof globalThis.fetch,
): Promise<Answer | ChatError> {
  const { signal } = init
  async function answer(): Promise<Answer | ChatError> {
    try {
      const response = await fetch(url, init)
      const { ok, status, headers, body } = response
      // Whatever its status, a page is what a login or an error looks like.
      const isPage = headers.get('content-type')?.startsWith('text/html')
      // Chromium gives also an answer without content a body.
      return ok && status !== 204 && body && !isPage
        ? { headers, body, signal }
        : errorFromResponse(response, await response.text())
    } catch (cause) {
      return explainFetchError(url, cause, fetch, signal)
    }
  }
  // Not every fetch heeds its signal.
  const gone = new Promise<ChatError>((resolve) =>
    signal.addEventListener('abort', () => resolve(brokenOff(signal.reason))),
  )
  return Promise.race([answer(), gone])
}
