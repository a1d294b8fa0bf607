import { request } from 'node:http'
import { connect } from 'node:http2'

/** A body as it came in. */
export interface Arrivals {
  /** When each piece came, in milliseconds since the request was sent. */
  readonly times: readonly number[]
  /** When it was over. */
  readonly endedAt: number
  readonly text: string
  /** Whether the connection says that this is all. */
  readonly isComplete: boolean
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
}

const chatPath = '/v1/chat/completions'
const chatHeaders = { 'content-type': 'application/json' }

/** Asks for a stream, with a prompt for the counting upstream, and notes when what comes. */
export function arrivalsOf(url: string, prompt: object = {}, headers: Record<string, string> = {}): Promise<Arrivals> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${chatPath}`,
      { method: 'POST', headers: { ...chatHeaders, ...headers } },
      (response) => {
        const times: number[] = []
        let text = ''
        response.on('data', (piece) => {
          times.push(performance.now() - startedAt)
          text += piece
        })
        // The error comes first, where there is one.
        response.on('error', () => {})
        response.on('close', () => {
          const endedAt = performance.now() - startedAt
          const { statusCode: status = 0, headers, complete: isComplete } = response
          resolve({ times, endedAt, text, isComplete, status, headers })
        })
      },
    )
    sent.on('error', reject)
    sent.end(chatBody(prompt))
  })
}

/** The same over HTTP/2. */
export function arrivalsOverHttp2(url: string, prompt: object = {}): Promise<Arrivals> {
  const startedAt = performance.now()
  const session = connect(url)
  return new Promise((resolve, reject) => {
    session.on('error', reject)
    const stream = session.request({ ':method': 'POST', ':path': chatPath, ...chatHeaders })
    const times: number[] = []
    let text = ''
    let headers: Record<string, unknown> = {}
    let isComplete = false
    stream.on('response', (received) => {
      headers = received
    })
    stream.on('data', (piece) => {
      times.push(performance.now() - startedAt)
      text += piece
    })
    stream.on('end', () => {
      isComplete = true
    })
    stream.on('error', reject)
    stream.on('close', () => {
      session.close()
      resolve({
        times,
        endedAt: performance.now() - startedAt,
        text,
        isComplete,
        status: Number(headers[':status']),
        headers,
      })
    })
    stream.end(chatBody(prompt))
  })
}

export function chatBody(prompt: object): string {
  return JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: JSON.stringify(prompt) }] })
}
