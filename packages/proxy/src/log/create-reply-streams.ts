import { createDirectStreams } from '../reply/direct-streams.ts'
import type { Settings } from '../settings.ts'
import { createKeptStreams } from './kept-streams.ts'
import { memoryLog } from './memory-log.ts'
import type { ReplyStreams } from './reply-streams.ts'

/** Streams as the options want them: kept in memory, in a log that was given, or not at all. */
export function createReplyStreams({
  log = memoryLog(),
  heartbeatMs,
  detachGraceMs,
}: Pick<Settings, 'log' | 'heartbeatMs' | 'detachGraceMs'>): ReplyStreams {
  return log ? createKeptStreams({ log, heartbeatMs, detachGraceMs }) : createDirectStreams(heartbeatMs)
}
