import { lostEvent } from '../lost-event.ts'
import type { KeepOptions } from '../memory-log.ts'
import type { LoggedEvents, StreamInfo, StreamLog, StreamState } from '../stream-log.ts'
import { createChannels } from './channels.ts'
import { followRedis, type StreamPage } from './follow-redis.ts'
import { createCommands, namesWith } from './redis-commands.ts'
import { connectTo, type RedisClient, toConnection } from './redis-connection.ts'
import { type AppendReply, createRedisWriter, type RedisWriter } from './redis-writer.ts'
import { appendScript, cancelScript, openScript, readScript } from './scripts.ts'
import { splitEvents } from './split-events.ts'

export interface RedisLogOptions extends KeepOptions {
  /** `redis://user:password@host:6379/0`. Needs the package `redis`, 5 or newer. */
  readonly url?: string
  /**
   * In place of `url`: a client of `redis` or `ioredis`, connected or not, or anything that can do what a
   * `RedisConnection` does. It stays yours to close.
   */
  readonly client?: RedisClient
  /** What keys and channels begin with. Default `millrace`. */
  readonly prefix?: string
  /** How long a stream whose replica is silent counts as alive; those who follow are told a second later at most. Default 15 s. */
  readonly leaseMs?: number
  /** How long a stream is kept that nobody ended. Default 1 hour. */
  readonly liveMs?: number
  /** How long events are gathered before they are sent. Default 8 ms. */
  readonly batchMs?: number
  /** How long a command may take. Default 2 s. */
  readonly timeoutMs?: number
  /** How long followers, and the end of a stream, wait for a Redis that does not answer. Default 10 s. */
  readonly patienceMs?: number
}

// How many batches are read in one go.
const pageLength = 200
// A follower who only listens shows in Redis at least so often.
const followersShowMs = 6_000

/**
 * Keeps streams in Redis or Valkey, from 6.2 on, so that any replica can resume and stop what another one makes. Connects
 * by itself, and again where the connection is lost; until then streams go on, and are sent on later where they can.
 * @throws {TypeError} with neither `url` nor `client`.
 */
export function redisLog(options: RedisLogOptions): StreamLog {
  const { url, client, prefix = 'millrace', maxBytes = 4 * 1024 * 1024, maxEvents = 20_000 } = options
  const { leaseMs = 15_000, keepMs = 600_000, liveMs = 3_600_000, batchMs = 8 } = options
  const { timeoutMs = 2_000, patienceMs = 10_000 } = options
  if (!client && !url) throw new TypeError('redisLog() needs a url or a client.')
  const connection = client ? Promise.resolve(toConnection(client)) : connectTo(url ?? '')
  // What goes wrong with it is the answer to each command.
  connection.catch(() => {})
  const names = namesWith(prefix)
  const commands = createCommands(connection, names, timeoutMs)
  const channels = createChannels(connection)
  const replica = crypto.randomUUID()
  const writers = new Map<string, RedisWriter>()
  let isListening = false

  /** Hears which of this replica's streams should stop. What is missed here is seen when the stream is next renewed. */
  function listenForCancels(): void {
    if (isListening) return
    isListening = true
    channels
      .listen(names.control + replica, (streamId) => writers.get(streamId)?.cancelled())
      .catch(() => {
        isListening = false
      })
  }

  async function read(streamId: string, after: number, limit: number): Promise<StreamPage | undefined> {
    const args = [after, limit, lostEvent, keepMs, names.channel(streamId)]
    const reply = (await commands.run(readScript, streamId, args)) as
      | [string, StreamState, number, number, [string, string[]][]]
      | null
    if (!reply) return undefined
    const [owner, state, lastSeq, leaseLeftMs, entries] = reply
    return { owner, state, lastSeq, leaseLeftMs, batches: entries.map(([, fields]) => readBatch(fields)) }
  }

  async function find(streamId: string): Promise<StreamInfo | undefined> {
    const page = await read(streamId, 0, 0)
    return page && { owner: page.owner, state: page.state, lastSeq: page.lastSeq }
  }

  return {
    async open({ streamId, owner, onCancel, onLost }) {
      listenForCancels()
      const generation = crypto.randomUUID()
      const isOurs = await commands.run(openScript, streamId, [generation, owner, replica, leaseMs, liveMs])
      if (isOurs !== 1) return undefined
      const limits = [leaseMs, liveMs, keepMs, maxBytes, maxEvents, names.channel(streamId)]
      const writer = createRedisWriter(
        {
          async append({ seq, count, text, state }): Promise<AppendReply> {
            const args = [generation, seq, count, text, state, ...limits]
            const reply = (await commands.run(appendScript, streamId, args)) as [AppendReply['state'], number]
            return { state: reply[0], unreadMs: Math.max(0, reply[1] - followersShowMs) }
          },
          batchMs,
          renewMs: leaseMs / 3,
          maxBytes,
          patienceMs,
          onCancel,
          onLost,
        },
        () => writers.delete(streamId),
      )
      writers.set(streamId, writer)
      return writer
    },
    find,
    follow: (streamId, after, signal) =>
      followRedis(
        {
          channel: names.channel(streamId),
          channels,
          read: (last) => read(streamId, last, pageLength),
          patienceMs,
        },
        after,
        signal,
      ),
    async cancel(streamId) {
      // What is lost should not look as if it could still be stopped.
      await find(streamId)
      const state = await commands.run(cancelScript, streamId, [names.control, streamId])
      return (state as StreamState | null) ?? undefined
    },
    remove: commands.remove,
    async close() {
      const opened = await connection.catch(() => undefined)
      await opened?.close()
    },
  }
}

function readBatch(fields: readonly string[]): LoggedEvents {
  return { seq: Number(fields[1]), events: splitEvents(fields[3] ?? '') }
}
