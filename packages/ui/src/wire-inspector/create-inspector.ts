import type { Chunk } from '@millrace/core'
import { createSseDecoder } from '@millrace/core/sse'
import { createExchangeLog, type ExchangeLimits, type ExchangeLog, type WireExchange } from './exchange.ts'
import { createRedactor } from './redact.ts'

/** What an inspector asks with, and how much it keeps. */
export interface InspectorOptions extends Partial<ExchangeLimits> {
  /** Default: the one of the page. */
  readonly fetch?: typeof globalThis.fetch
  /** How many exchanges are kept. Default 20. */
  readonly maxExchanges?: number
}

/** Writes down what a chat sends and gets, for a `WireInspector` to show. */
export interface Inspector {
  /** For the `fetch` of a chat. */
  readonly fetch: typeof globalThis.fetch
  /** For the `onChunk` of a chat: what was made of what came in. With several replies at once it is told of the newest. */
  readonly onChunk: (chunk: Chunk) => void
  /** Newest last. Changes at most ten times a second. */
  readonly getExchanges: () => readonly WireExchange[]
  readonly subscribe: (listener: () => void) => () => void
  readonly clear: () => void
}

const tellEveryMs = 100
const none: readonly WireExchange[] = []

/**
 * Makes an inspector; one for a page, outside of components. Keys in headers and addresses are not kept. Memory is bounded: 20
 * exchanges, of each the newest 10,000 entries and 2 million characters.
 */
export function createInspector({
  fetch = globalThis.fetch,
  maxExchanges = 20,
  maxEntries = 10_000,
  maxLength = 2_000_000,
}: InspectorOptions = {}): Inspector {
  const listeners = new Set<() => void>()
  let logs: ExchangeLog[] = []
  let shown = none
  let count = 0
  let isToTell = false

  function tell(): void {
    if (isToTell) return
    isToTell = true
    setTimeout(() => {
      isToTell = false
      shown = logs.map((log) => log.snapshot())
      for (const listener of listeners) listener()
    }, tellEveryMs)
  }

  async function inspectedFetch(...args: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const request = new Request(...args)
    const redactor = createRedactor(request.url, request.headers)
    const log = createExchangeLog(
      {
        id: ++count,
        method: request.method,
        url: redactor.url(request.url),
        requestHeaders: redactor.headers(request.headers),
        requestBody: redactor.text(await request.clone().text()),
      },
      { maxEntries, maxLength },
      redactor.text,
    )
    logs = [...logs, log].slice(-maxExchanges)
    tell()
    try {
      const response = await fetch(request)
      log.update({
        status: response.status,
        responseHeaders: redactor.headers(response.headers),
        headersAtMs: log.now(),
      })
      tell()
      return tapped(response, log, tell)
    } catch (error) {
      log.end(String(error))
      tell()
      throw error
    }
  }

  return {
    fetch: inspectedFetch,
    onChunk(chunk) {
      logs.at(-1)?.add('chunk', JSON.stringify(chunk))
      tell()
    },
    getExchanges: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear() {
      logs = []
      tell()
    },
  }
}

/** The same response; whoever reads it has the log written. */
function tapped(response: Response, log: ExchangeLog, tell: () => void): Response {
  // In Chromium an answer without content has a body too, and none can be made with one.
  if (!response.body || response.status === 204) return response
  const take = createReader(response.headers.get('content-type') ?? '', log)
  const reader = response.body.getReader()

  let isOver = false

  function end(failure?: string): void {
    if (isOver) return
    isOver = true
    take()
    log.end(failure)
    tell()
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { value, done } = await reader.read()
        if (isOver) return
        if (done) {
          end()
          return controller.close()
        }
        log.addPiece(value.length)
        take(value)
        tell()
        controller.enqueue(value)
      } catch (error) {
        end(String(error))
        controller.error(error)
      }
    },
    cancel(reason) {
      // Whoever has seen the end of the stream reads no further, and gives no reason.
      end(reason === undefined ? undefined : String(reason))
      return reader.cancel(reason)
    },
  }
  // Nothing is read before it is asked for: the pace stays that of the reader.
  const body = new ReadableStream(source, { highWaterMark: 0 })
  return new Response(body, response)
}

/** Takes bytes, and nothing at the end. Of what is no text only the pieces are written down. */
function createReader(mediaType: string, log: ExchangeLog) {
  const isText = /text|json|event-stream/.test(mediaType)
  const utf8 = new TextDecoder()
  const events = mediaType.includes('event-stream') ? createSseDecoder() : undefined
  let unfinished = ''

  return (bytes?: Uint8Array): void => {
    if (!isText) return
    const text = bytes ? utf8.decode(bytes, { stream: true }) : utf8.decode()
    // A final \r may be the first half of \r\n, so it waits for the next piece.
    const lines = (unfinished + text).split(/\r\n|\n|\r(?!$)/)
    unfinished = (bytes && lines.pop()) ?? ''
    for (const line of lines) if (line !== '') log.add('line', line)
    for (const { type, data } of readEvents(text)) log.add('event', `${type}: ${data}`)
  }

  /** What is no stream of events after all is shown by its lines. */
  function readEvents(text: string) {
    try {
      return events?.push(text) ?? []
    } catch {
      return []
    }
  }
}
