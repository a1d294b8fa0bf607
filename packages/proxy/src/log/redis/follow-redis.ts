import { type LoggedEvents, LogUnavailable, StreamGone, type StreamState } from '../stream-log.ts'
import type { Channels } from './channels.ts'
import { createMailbox } from './mailbox.ts'

/** A stream as Redis has it. */
export interface StreamPage {
  readonly owner: string
  readonly state: StreamState
  readonly lastSeq: number
  /** How long until it counts as lost, unless its maker says something. */
  readonly leaseLeftMs: number
  readonly batches: readonly LoggedEvents[]
}

export interface FollowOptions {
  readonly channel: string
  readonly channels: Channels
  /** What is kept after an event, as much as is read in one go; nothing for an unknown stream. */
  readonly read: (after: number) => Promise<StreamPage | undefined>
  /** How long to go on trying where Redis does not answer. */
  readonly patienceMs: number
}

// What was not announced is found within the first of these, and looked for less often where nothing comes.
const firstLookMs = 1_000
const longestLookMs = 5_000

/**
 * Follows a stream by its announcements, which carry the events. The log is the truth: it is read at the start, where an
 * announcement is missing, and now and then when there is silence.
 */
export async function* followRedis(
  { channel, channels, read, patienceMs }: FollowOptions,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<LoggedEvents> {
  const mailbox = createMailbox(signal)
  let leave: (() => void) | undefined
  let last = after
  let unreachableSince: number | undefined

  /** What of a batch is new. */
  function fresh({ seq, events }: LoggedEvents): LoggedEvents | undefined {
    const known = last - seq + 1
    if (known >= events.length) return undefined
    last = seq + events.length - 1
    return known > 0 ? { seq: seq + known, events: events.slice(known) } : { seq, events }
  }

  async function look(): Promise<StreamPage | undefined> {
    try {
      // First the ear, then the log: what is said in between is heard twice rather than never.
      leave ??= await channels.listen(channel, mailbox.put)
      const page = await read(last)
      unreachableSince = undefined
      if (!page || page.state === 'overflow') throw new StreamGone('The stream is not kept.')
      return page
    } catch (error) {
      if (error instanceof StreamGone) throw error
      unreachableSince ??= Date.now()
      if (Date.now() - unreachableSince > patienceMs)
        throw error instanceof LogUnavailable ? error : new LogUnavailable('Redis cannot be reached.', { cause: error })
      return undefined
    }
  }

  try {
    let silenceMs = firstLookMs
    while (!signal.aborted) {
      const page = await look()
      for (const batch of page?.batches ?? []) {
        // A Redis that was short of memory may have let go of the beginning.
        if (batch.seq > last + 1) throw partIsGone()
        const news = fresh(batch)
        if (news) yield news
      }
      if (page && last < page.lastSeq) {
        if (page.batches.length === 0) throw partIsGone()
        continue
      }
      if (page && isOver(page.state)) return
      const lookBy = Date.now() + Math.min(longestLookMs, page ? page.leaseLeftMs + 20 : firstLookMs)
      let heardAt = Date.now()
      for (;;) {
        const note = await mailbox.take(Math.min(lookBy, heardAt + silenceMs) - Date.now())
        if (!note || note.seq > last + 1 || note.state === 'overflow') break
        heardAt = Date.now()
        silenceMs = firstLookMs
        const news = fresh(note)
        if (news) yield news
        if (note.state) return
      }
      silenceMs = Math.min(silenceMs * 2, longestLookMs)
    }
  } finally {
    mailbox.close()
    leave?.()
  }
}

function partIsGone(): StreamGone {
  return new StreamGone('Part of the stream is not kept any more.')
}

function isOver(state: StreamState): boolean {
  return state !== 'live' && state !== 'cancelling'
}
