import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CountingUpstream, startCountingUpstream, wholeText } from '../test-support/servers/counting-upstream.ts'
import { behindNginx, hasNginx, type Nginx, startNginx } from '../test-support/servers/nginx.ts'
import { hasRedis, type RedisServer, startRedis, withRedis } from '../test-support/servers/redis-server.ts'
import { type Replica, startReplica } from '../test-support/servers/replica.ts'
import { flawsOf, readResuming } from '../test-support/servers/resuming-client.ts'

/** `pnpm replicas 100 20` has a hundred times the streams, and twenty replicas killed. */
const runs = Number(process.env.MILLRACE_REPLICA_RUNS ?? 1)
const kills = Number(process.env.MILLRACE_REPLICA_KILLS ?? 1)
const events = 250
const leaseMs = 600
const perfect = { gaps: 0, duplicates: 0 }

describe.skipIf(!hasNginx || !hasRedis)(`two replicas, ${behindNginx}, ${withRedis}`, { timeout: 60_000 }, () => {
  let upstream: CountingUpstream
  let redis: RedisServer
  let replicas: Replica[]
  let nginx: Nginx

  const options = () => ({ upstream: upstream.url, redis: redis.url, lostPart: 0.05 })

  /** The same replica with a short lease, which a busy machine may let lapse: only where the lease is what is tried. */
  async function restart({ port, kill }: Replica): Promise<Replica> {
    await kill()
    return startReplica({ ...options(), leaseMs, port })
  }

  beforeAll(async () => {
    upstream = await startCountingUpstream({ events, everyMs: 8 })
    redis = await startRedis()
    replicas = await Promise.all([startReplica(options()), startReplica(options())])
    nginx = await startNginx(`
        upstream replicas {
          ${replicas.map(({ port }) => `server 127.0.0.1:${port} max_fails=0;`).join(' ')}
          keepalive 64;
        }
        server {
          listen 127.0.0.1:PORT;
          location / {
            proxy_pass http://replicas;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_connect_timeout 1s;
            add_header x-replica $upstream_addr;
          }
        }`)
  }, 30_000)
  afterAll(async () => {
    await nginx?.close()
    await Promise.all((replicas ?? []).map((replica) => replica.kill()))
    await redis?.close()
    await upstream?.close()
  })

  it(
    "go on with each other's streams: 10,000 events, 5 % of announcements lost, no gap and no duplicate",
    async () => {
      let seen = 0
      for (let run = 0; run < runs; run++) {
        const reading = () => readResuming(nginx.url, { leaves: () => Math.random() < 0.02 })
        const readings = await Promise.all(Array.from({ length: 40 }, reading))
        for (const reading of readings) {
          expect(flawsOf(reading)).toEqual(perfect)
          expect(reading.words.join('')).toBe(wholeText(events))
          expect(reading.isDone).toBe(true)
          seen += reading.seqs.length
        }
        const moved = readings.filter(({ answeredBy }) => new Set(answeredBy).size > 1)
        expect(moved.length).toBeGreaterThan(20)
      }
      expect(seen).toBeGreaterThan(10_000 * runs)
    },
    60_000 + runs * 10_000,
  )

  it('make one reply of fifty requests with one key', async () => {
    const before = upstream.requestCount
    const readings = await Promise.all(
      Array.from({ length: 50 }, () =>
        readResuming(nginx.url, { prompt: { events: 20 }, headers: { 'idempotency-key': 'fifty' } }),
      ),
    )
    expect(upstream.requestCount - before).toBe(1)
    expect(new Set(readings.map(({ streamId }) => streamId)).size).toBe(1)
    for (const reading of readings) {
      expect(flawsOf(reading)).toEqual(perfect)
      expect(reading.words.join('')).toBe(wholeText(20))
    }
  })

  it('stop a reply wherever it is made', async () => {
    const readings = [1, 2, 3, 4].map(() =>
      readResuming(nginx.url, {
        prompt: { events: 10_000 },
        onEvent({ seqs, streamId }) {
          if (seqs.length === 20) void fetch(`${nginx.url}/v1/streams/${streamId}/cancel`, { method: 'POST' })
        },
      }),
    )
    for (const reading of await Promise.all(readings)) expect(reading.error).toBe('aborted')
    await expect.poll(() => upstream.openCount).toBe(0)
  })

  it('let streams go on while Redis does not answer', async () => {
    const reading = await readResuming(nginx.url, {
      onEvent({ seqs }) {
        if (seqs.length === 50) redis.pause()
      },
    })
    redis.goOn()
    expect(flawsOf(reading)).toEqual(perfect)
    expect(reading.words.join('')).toBe(wholeText(events))
    expect(reading.answeredBy).toHaveLength(1)
  })

  it(
    'tell within the lease and a second that one of them was killed, and keep what it had said',
    async () => {
      replicas = await Promise.all(replicas.map(restart))
      for (let round = 0; round < kills; round++) {
        const victim = replicas[round % 2]
        if (!victim) throw new Error('There is no replica.')
        const killAfter = 100 + Math.floor(Math.random() * 1_500)
        let killed: Promise<void> | undefined
        let killedAt = 0
        let seen = 0
        const reading = () =>
          readResuming(nginx.url, {
            // There are those who follow from elsewhere, too.
            leaves: () => Math.random() < 0.05,
            onEvent() {
              if (++seen !== killAfter) return
              killedAt = performance.now()
              killed = victim.kill()
            },
          })
        const readings = await Promise.all(Array.from({ length: 10 }, reading))
        for (const reading of readings) {
          expect(flawsOf(reading)).toEqual(perfect)
          expect(wholeText(events).startsWith(reading.words.join(''))).toBe(true)
          // Who had seen more than was kept hears that nothing will come.
          if (reading.isDone) expect(reading.error).toBeUndefined()
          else expect(reading.error).toMatch(/^(?:incomplete|204)$/)
        }
        const toldAfterMs = readings.filter(({ error }) => error).map(({ endedAt }) => endedAt - killedAt)
        expect(toldAfterMs.length).toBeGreaterThan(0)
        expect(median(toldAfterMs)).toBeLessThan(leaseMs + 1_000)
        await killed
        replicas[round % 2] = await restart(victim)
      }
    },
    60_000 + kills * 10_000,
  )
})

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
