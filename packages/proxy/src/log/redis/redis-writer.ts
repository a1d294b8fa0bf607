import type { FinalState, NewStream, StreamState, StreamWriter } from '../stream-log.ts'

/** What is sent in one go, and again until it is heard. */
export interface Batch {
  readonly seq: number
  readonly count: number
  /** The events, one after the other. */
  readonly text: string
  readonly state: FinalState | ''
}

export interface AppendReply {
  /** `gone`: Redis does not know the stream; `fenced`: it was given up for lost; `gap`: an earlier batch is missing. */
  readonly state: StreamState | 'gone' | 'fenced' | 'gap'
  readonly unreadMs: number
}

export interface WriterOptions extends Pick<NewStream, 'onCancel' | 'onLost'> {
  readonly append: (batch: Batch) => Promise<AppendReply>
  /** How long events are gathered. */
  readonly batchMs: number
  /** How often to say that the stream is alive. */
  readonly renewMs: number
  /** How much may wait while Redis does not answer. */
  readonly maxBytes: number
  /** How long the end of a stream is tried to be kept. */
  readonly patienceMs: number
}

export interface RedisWriter extends StreamWriter {
  /** Somebody said that the stream should stop. */
  cancelled(): void
}

/**
 * Sends events in batches, one at a time: what comes meanwhile is the next one. A batch that was not heard is sent again
 * as it was; its numbers tell Redis what it has already.
 */
export function createRedisWriter(options: WriterOptions, onOver: () => void): RedisWriter {
  const { append, batchMs, renewMs, maxBytes, patienceMs } = options
  let pending: string[] = []
  let waitingLength = 0
  let nextSeq = 1
  let finalState: FinalState | '' = ''
  let giveUpAt = Number.POSITIVE_INFINITY
  let isOver = false
  let isCancelled = false
  // Not by the clock: were that set back by an hour, nothing would be sent for an hour.
  let sentAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let resolveOver = () => {}
  const whenOver = new Promise<void>((resolve) => {
    resolveOver = resolve
  })
  const renewal = setInterval(() => {
    if (performance.now() - sentAt >= renewMs / 2) sendIn(0)
  }, renewMs)
  // A stream alone keeps no process alive.
  renewal.unref()

  function over(): void {
    isOver = true
    pending = []
    clearTimeout(timer)
    clearInterval(renewal)
    onOver()
    resolveOver()
  }

  function lose(): void {
    if (isOver) return
    over()
    if (finalState !== 'overflow') options.onLost()
  }

  function end(state: FinalState): void {
    finalState = state
    giveUpAt = performance.now() + patienceMs
    sendIn(0)
  }

  /** Too much waits. What is there of the stream is of no use to anybody. */
  function overflow(): void {
    pending = []
    end('overflow')
    options.onLost()
  }

  function cancelled(): void {
    if (isOver || isCancelled) return
    isCancelled = true
    options.onCancel()
  }

  function takeBatch(): Batch {
    const events = pending
    const seq = nextSeq
    pending = []
    nextSeq += events.length
    return { seq, count: events.length, text: events.join(''), state: finalState }
  }

  function heard({ state }: AppendReply, batch: Batch): void {
    if (state === 'gone' || state === 'fenced' || state === 'gap' || state === 'overflow') lose()
    else if (batch.state) over()
    else if (state === 'cancelling') cancelled()
  }

  async function deliver(batch: Batch): Promise<void> {
    for (let attempt = 0; !isOver; attempt++) {
      try {
        const reply = await append(batch)
        sentAt = performance.now()
        waitingLength -= batch.text.length
        return heard(reply, batch)
      } catch {
        const waitMs = Math.min(50 * 2 ** attempt, 1_000)
        if (performance.now() + waitMs > giveUpAt) return lose()
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }
  }

  async function send(): Promise<void> {
    isSending = true
    await deliver(takeBatch())
    isSending = false
    if (finalState) sendIn(0)
    else if (pending.length > 0) sendIn(batchMs)
  }

  function sendIn(ms: number): void {
    if (isSending || isOver) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void send()
    }, ms)
  }

  return {
    append(events) {
      if (isOver || finalState) return
      for (const event of events) {
        pending.push(event)
        waitingLength += event.length
      }
      if (waitingLength > maxBytes) return overflow()
      if (timer === undefined) sendIn(Math.max(0, sentAt + batchMs - performance.now()))
    },
    finish(state) {
      if (!isOver && !finalState) end(state)
      return whenOver
    },
    async wasReadWithin(ms) {
      try {
        const reply = await append({ seq: nextSeq, count: 0, text: '', state: '' })
        return reply.unreadMs < ms
      } catch {
        return false
      }
    },
    cancelled,
  }
}
