export interface LossOptions {
  readonly streams: number
  readonly replicas: number
  readonly leaseMs: number
  /** What a replica needs of its core for a request that takes a stream up again. */
  readonly millisecondsPerRequest: number
  /** The part of its core that streams leave it. */
  readonly spare: number
  readonly backlog: number
}

export interface Loss {
  /** Replies that the replica was making: what came of them is kept, the rest is not. */
  readonly repliesLost: number
  /** Their readers, who hear of it; and others, who only had their connection there, and go on. */
  readonly toldAfterMs: { readonly middle: number; readonly last: number }
  readonly reconnectedAfterMs: { readonly middle: number; readonly last: number }
  readonly refusals: number
}

/** Plays what happens when one replica dies: its clients come to the others, each in its own time, as `resumable()` does. */
export function loseReplica(options: LossOptions): Loss {
  const { streams, replicas, leaseMs, millisecondsPerRequest, spare, backlog } = options
  const clients = Math.round(streams / replicas)
  const others = replicas - 1
  const perMs = spare / millisecondsPerRequest
  // By the millisecond at which it tries: how often it has.
  const tries = new Map<number, number[]>()
  const tryAt = (ms: number, attempt: number) => tries.set(ms, [...(tries.get(ms) ?? []), attempt])
  for (let n = 0; n < clients; n++) tryAt(Math.round(backOffMs(1)), 1)

  const waiting = new Array<number>(others).fill(0)
  const credit = new Array<number>(others).fill(0)
  const reconnected: number[] = []
  let refusals = 0
  for (let ms = 0; reconnected.length < clients; ms++) {
    for (const attempt of tries.get(ms) ?? []) {
      const replica = Math.floor(Math.random() * others)
      if ((waiting[replica] ?? 0) < backlog) waiting[replica] = (waiting[replica] ?? 0) + 1
      else {
        refusals++
        tryAt(ms + Math.max(1, Math.round(backOffMs(attempt + 1))), attempt + 1)
      }
    }
    tries.delete(ms)
    for (let replica = 0; replica < others; replica++) {
      credit[replica] = Math.min((credit[replica] ?? 0) + perMs, Math.max(1, perMs))
      while ((credit[replica] ?? 0) >= 1 && (waiting[replica] ?? 0) > 0) {
        credit[replica] = (credit[replica] ?? 0) - 1
        waiting[replica] = (waiting[replica] ?? 0) - 1
        reconnected.push(ms)
      }
    }
  }
  // Renewed every third of it, so that between two thirds and all of it are left; whoever is there then ends the stream.
  const told = reconnected.map((ms) => Math.max(ms, leaseMs * (2 / 3 + Math.random() / 3)) + 20).sort((a, b) => a - b)
  const middleAndLast = (times: readonly number[]) => ({
    middle: times[times.length >> 1] ?? 0,
    last: times.at(-1) ?? 0,
  })
  return {
    repliesLost: clients,
    toldAfterMs: middleAndLast(told),
    reconnectedAfterMs: middleAndLast(reconnected),
    refusals,
  }
}

/** As core's transport waits. */
function backOffMs(attempt: number): number {
  return Math.min(500 * 2 ** (attempt - 1), 30_000) * (0.75 + Math.random() / 2)
}
