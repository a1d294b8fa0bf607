import { redactError } from './redact.ts'

// What a client acts on. All else stays here: cookies, hop-by-hop headers, lengths and encodings that no longer hold.
const passedOn = /^(?:content-type|retry-after(?:-ms)?|x-should-retry|(?:x-)?request-id|x-ratelimit-.+)$/

/** Headers for the client, made anew: those of a fetched response cannot be changed. */
export function answerHeaders(upstream: Headers, secrets: readonly string[]): Headers {
  const headers = new Headers()
  for (const [name, value] of upstream) if (passedOn.test(name)) headers.set(name, redactError(value, secrets))
  return unbuffered(headers)
}

export function eventStreamHeaders(): Headers {
  return unbuffered(new Headers({ 'content-type': 'text/event-stream; charset=utf-8' }))
}

function unbuffered(headers: Headers): Headers {
  // `no-transform` keeps compressing middleware off the stream, the last one nginx's buffering.
  headers.set('cache-control', 'no-cache, no-transform')
  headers.set('x-accel-buffering', 'no')
  headers.set('x-content-type-options', 'nosniff')
  return headers
}
