import { createSseDecoder } from '@millrace/core/sse'

export interface Reading {
  /** What was said, in the order it came; the last may be an error. */
  readonly words: string[]
  /** The numbers of its events. Each is the one before plus one, or this is not a good log. */
  readonly seqs: number[]
  streamId: string
  /** The code of the error the stream ended in. */
  error: string | undefined
  isDone: boolean
  /** Who answered each connection, where the server says so in `x-replica`. */
  readonly answeredBy: string[]
  /** By `performance`, when the end came. */
  endedAt: number
}

export interface ReadingOptions {
  readonly prompt?: object
  readonly headers?: Readonly<Record<string, string>>
  /** Whether to leave after this event, and to come back. */
  readonly leaves?: () => boolean
  readonly onEvent?: (reading: Reading) => void
  /** For how long to try where nothing works. */
  readonly patienceMs?: number
}

/** A client that leaves when it likes, comes back after the last event it saw, and writes down all of it. */
export async function readResuming(
  baseURL: string,
  { prompt = {}, headers = {}, leaves = () => false, onEvent, patienceMs = 15_000 }: ReadingOptions = {},
): Promise<Reading> {
  const reading: Reading = {
    words: [],
    seqs: [],
    streamId: '',
    error: undefined,
    isDone: false,
    answeredBy: [],
    endedAt: 0,
  }
  let failingSince: number | undefined

  async function connect(signal: AbortSignal): Promise<Response> {
    if (reading.streamId) {
      const lastEventId = `${reading.streamId}:${reading.seqs.at(-1) ?? 0}`
      return fetch(`${baseURL}/v1/streams/${reading.streamId}`, { headers: { 'last-event-id': lastEventId }, signal })
    }
    const body = JSON.stringify({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content: JSON.stringify(prompt) }],
    })
    return fetch(`${baseURL}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal,
    })
  }

  /** Whether the stream is over. */
  async function readOnce(): Promise<boolean> {
    const connection = new AbortController()
    const response = await connect(connection.signal)
    if (response.status === 204 || response.status === 404 || response.status === 410) {
      reading.error ??= `${response.status}`
      return true
    }
    if (!response.ok || !response.body) throw new Error(`It answered ${response.status}.`)
    reading.answeredBy.push(response.headers.get('x-replica') ?? '')
    reading.streamId ||= response.headers.get('x-stream-id') ?? ''
    const decoder = createSseDecoder()
    const utf8 = new TextDecoder()
    for await (const bytes of response.body) {
      for (const { id, data } of decoder.push(utf8.decode(bytes, { stream: true }))) {
        failingSince = undefined
        reading.seqs.push(Number(id.split(':')[1]))
        if (data === '[DONE]') {
          reading.isDone = true
          return true
        }
        const event = JSON.parse(data)
        if (event.error) {
          reading.error = event.error.code
          return true
        }
        const content = event.choices?.[0]?.delta.content
        if (content !== undefined) reading.words.push(content)
        onEvent?.(reading)
        if (leaves()) {
          connection.abort()
          return false
        }
      }
    }
    return false
  }

  for (let isOver = false; !isOver; ) {
    try {
      isOver = await readOnce()
    } catch (error) {
      failingSince ??= performance.now()
      if (performance.now() - failingSince > patienceMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  reading.endedAt = performance.now()
  return reading
}

/** How many events are missing, and how many came twice or too late. */
export function flawsOf({ seqs }: Pick<Reading, 'seqs'>): { gaps: number; duplicates: number } {
  let gaps = 0
  let duplicates = 0
  let last = 0
  for (const seq of seqs) {
    if (seq <= last) duplicates++
    else gaps += seq - last - 1
    last = Math.max(last, seq)
  }
  return { gaps, duplicates }
}
