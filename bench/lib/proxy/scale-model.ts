/** What a stream is like, and what was measured of its costs. Change these, and all else follows. */
export interface Assumptions {
  /** Of one reply while it streams. */
  readonly eventsPerSecond: number
  readonly secondsPerReply: number
  /** Of one event as the provider sends it, and what ids and framing add for the client. */
  readonly bytesPerEvent: number
  readonly bytesAddedPerEvent: number
  /** Measured: `pnpm --filter @millrace/bench proxy`. */
  readonly proxyMicrosecondsPerEvent: number
  readonly proxyKBPerStream: number
  readonly proxyMillisecondsPerRequest: number
  /** Measured: `pnpm --filter @millrace/bench redis-log`. */
  readonly redisMicrosecondsPerAppend: number
  readonly redisMicrosecondsPerEvent: number
  readonly redisBytesPerByte: number
  /** `batchMs` and `keepMs` of the log. */
  readonly batchMs: number
  readonly keepSeconds: number
  /** How full a core may be, that the next burst finds room. */
  readonly fullness: number
  readonly replicaCores: number
  readonly replicaMB: number
  readonly replicaDescriptors: number
  readonly redisShardMB: number
  readonly redisShardMbit: number
}

export interface Needs {
  readonly streams: number
  /** One process each, for one core each. */
  readonly replicas: { readonly byProcessor: number; readonly byMemory: number; readonly byDescriptors: number }
  readonly streamsPerReplica: number
  readonly shards: { readonly byProcessor: number; readonly byMemory: number; readonly byBandwidth: number }
  readonly gbitToClients: number
  readonly gbitToRedis: number
  readonly gbKeptInRedis: number
  readonly appendsPerSecond: number
}

export function needsOf(streams: number, a: Assumptions): Needs {
  const replies = streams / a.secondsPerReply
  const events = streams * a.eventsPerSecond
  // A batch holds one event at the least.
  const appendsPerSecond = streams * Math.min(a.eventsPerSecond, 1_000 / a.batchMs)
  const proxyCores = (events * a.proxyMicrosecondsPerEvent) / 1e6 + (replies * a.proxyMillisecondsPerRequest) / 1e3
  const replyBytes = a.eventsPerSecond * a.secondsPerReply * a.bytesPerEvent
  // Half of a live reply is there on average; one that has ended stays whole.
  const keptBytes = (streams / 2 + replies * a.keepSeconds) * replyBytes * a.redisBytesPerByte
  const redisCores = (appendsPerSecond * a.redisMicrosecondsPerAppend + events * a.redisMicrosecondsPerEvent) / 1e6
  const redisMbit = (events * a.bytesPerEvent * 8) / 1e6
  const replicas = {
    byProcessor: Math.ceil(proxyCores / a.fullness / a.replicaCores),
    byMemory: Math.ceil((streams * a.proxyKBPerStream) / 1_024 / (a.replicaMB * a.fullness)),
    // One to the client and one to the provider.
    byDescriptors: Math.ceil((streams * 2) / (a.replicaDescriptors * a.fullness)),
  }
  return {
    streams,
    replicas,
    streamsPerReplica: Math.ceil(streams / Math.max(...Object.values(replicas))),
    shards: {
      byProcessor: Math.ceil(redisCores / a.fullness),
      byMemory: Math.ceil(keptBytes / 2 ** 20 / a.redisShardMB),
      byBandwidth: Math.ceil(redisMbit / a.redisShardMbit),
    },
    gbitToClients: (events * (a.bytesPerEvent + a.bytesAddedPerEvent) * 8) / 1e9,
    gbitToRedis: redisMbit / 1e3,
    gbKeptInRedis: keptBytes / 2 ** 30,
    appendsPerSecond,
  }
}
