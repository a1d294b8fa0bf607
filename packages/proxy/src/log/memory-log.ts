import {
  type FinalState,
  type LoggedEvents,
  type NewStream,
  StreamGone,
  type StreamLog,
  type StreamState,
  type StreamWriter,
} from './stream-log.ts'

/** How much of a stream is kept, and how long. */
export interface KeepOptions {
  /** Longest stream that is kept. Past that it goes on, and cannot be read again. Default 4 MiB. */
  readonly maxBytes?: number
  /** The same in events. Default 20,000. */
  readonly maxEvents?: number
  /** How long a stream stays after its end. Default 10 minutes. */
  readonly keepMs?: number
}

export interface MemoryLogOptions extends KeepOptions {
  /** All streams together. Past that the oldest that have ended are forgotten. Default 256 MiB. */
  readonly maxTotalBytes?: number
}

interface KeptStream {
  readonly id: string
  readonly owner: string
  readonly onCancel: () => void
  readonly events: string[]
  bytes: number
  state: StreamState
  endedAt: number
  lastReadAt: number
  readers: number
  /** Those who wait for more. */
  readonly waiting: Set<() => void>
}

/**
 * Keeps streams in this process. A stream can then be resumed as long as the process lives and the client comes back
 * to it: with several replicas, use the log of `@millrace/proxy/redis`.
 */
export function memoryLog(options: MemoryLogOptions = {}): StreamLog {
  const {
    maxBytes = 4 * 1024 * 1024,
    maxEvents = 20_000,
    keepMs = 600_000,
    maxTotalBytes = 256 * 1024 * 1024,
  } = options
  const streams = new Map<string, KeptStream>()
  // In the order in which they ended, which is that in which they are forgotten.
  const ended = new Set<KeptStream>()
  let totalBytes = 0

  function forget(stream: KeptStream): void {
    ended.delete(stream)
    if (streams.get(stream.id) === stream) streams.delete(stream.id)
    totalBytes -= stream.bytes
    stream.bytes = 0
    // Nothing is taken from its writer any more.
    if (!isOver(stream.state)) stream.state = 'lost'
    wake(stream)
  }

  function sweep(): void {
    for (const stream of ended) {
      if (Date.now() < stream.endedAt + keepMs && totalBytes <= maxTotalBytes) return
      forget(stream)
    }
  }

  function find(streamId: string): KeptStream | undefined {
    sweep()
    return streams.get(streamId)
  }

  function end(stream: KeptStream, state: FinalState): void {
    stream.state = state
    stream.endedAt = Date.now()
    ended.add(stream)
    wake(stream)
  }

  function overflow(stream: KeptStream): void {
    totalBytes -= stream.bytes
    stream.bytes = 0
    stream.events.length = 0
    end(stream, 'overflow')
  }

  function createWriter(stream: KeptStream, onLost: () => void): StreamWriter {
    return {
      append(events) {
        if (isOver(stream.state)) return
        for (const event of events) {
          stream.events.push(event)
          stream.bytes += event.length
          totalBytes += event.length
        }
        if (stream.bytes > maxBytes || stream.events.length > maxEvents) {
          overflow(stream)
          onLost()
        }
        if (totalBytes > maxTotalBytes) sweep()
        wake(stream)
      },
      async finish(state) {
        if (!isOver(stream.state)) end(stream, state)
      },
      wasReadWithin: async (ms) => stream.readers > 0 || Date.now() - stream.lastReadAt < ms,
    }
  }

  async function* follow(streamId: string, after: number, signal: AbortSignal): AsyncGenerator<LoggedEvents> {
    const stream = find(streamId)
    if (!stream) throw new StreamGone('There is no such stream.')
    let next = after
    stream.readers++
    try {
      while (!signal.aborted) {
        if (stream.state === 'overflow' || streams.get(streamId) !== stream)
          throw new StreamGone('The stream is no longer kept.')
        if (next < stream.events.length) {
          const events = stream.events.slice(next)
          yield { seq: next + 1, events }
          next += events.length
        } else if (isOver(stream.state)) return
        else await change(stream, signal)
      }
    } finally {
      stream.readers--
      stream.lastReadAt = Date.now()
    }
  }

  return {
    async open({ streamId, owner, onCancel, onLost }: NewStream) {
      if (find(streamId)) return undefined
      const stream: KeptStream = {
        id: streamId,
        owner,
        onCancel,
        events: [],
        bytes: 0,
        state: 'live',
        endedAt: 0,
        lastReadAt: 0,
        readers: 0,
        waiting: new Set(),
      }
      streams.set(streamId, stream)
      return createWriter(stream, onLost)
    },
    async find(streamId) {
      const stream = find(streamId)
      return stream && { owner: stream.owner, state: stream.state, lastSeq: stream.events.length }
    },
    follow,
    async cancel(streamId) {
      const stream = find(streamId)
      if (stream?.state === 'live') {
        stream.state = 'cancelling'
        stream.onCancel()
      }
      return stream?.state
    },
    async remove(streamId) {
      const stream = find(streamId)
      if (stream) forget(stream)
    },
    async close() {},
  }
}

function isOver(state: StreamState): state is FinalState {
  return state !== 'live' && state !== 'cancelling'
}

function wake({ waiting }: KeptStream): void {
  for (const resolve of waiting) resolve()
  waiting.clear()
}

/** Resolves when there is more of a stream, when it is over, or when nobody waits any more. */
function change({ waiting }: KeptStream, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      waiting.delete(done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    waiting.add(done)
    signal.addEventListener('abort', done, { once: true })
  })
}
