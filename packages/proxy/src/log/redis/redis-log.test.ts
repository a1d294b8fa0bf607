import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hasRedis, type RedisServer, startRedis, withRedis } from '../../test-support/servers/redis-server.ts'
import type { StreamLog } from '../stream-log.ts'
import { event, events, logContract, open, readAll } from '../test-support/log-contract.ts'
import { connectTo, type NodeRedisClient, type RedisConnection } from './redis-connection.ts'
import { redisLog } from './redis-log.ts'
import { redisShards } from './shards.ts'

const forever = new AbortController().signal

logContract(
  `the log in Redis, ${withRedis}`,
  async () => {
    const server = await startRedis()
    return { create: (options) => redisLog({ url: server.url, ...options }), close: server.close }
  },
  hasRedis,
)

logContract(
  `the log in Redis by ioredis, ${withRedis}`,
  async () => {
    const server = await startRedis()
    const client = new Redis(server.url)
    return {
      create: (options) => redisLog({ client, ...options }),
      async close() {
        client.disconnect()
        await server.close()
      },
    }
  },
  hasRedis,
)

logContract(
  `the log in a Redis whose connections break and whose announcements get lost, ${withRedis}`,
  async () => {
    const server = await startRedis()
    return {
      create: (options) => redisLog({ client: lossy(connectTo(server.url)), ...options }),
      async disturb() {
        await server.tell('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
        await server.tell('CLIENT', 'KILL', 'TYPE', 'pubsub')
      },
      close: server.close,
    }
  },
  hasRedis,
)

logContract(
  `the log in three Redis servers, ${withRedis}`,
  async () => {
    const servers = await Promise.all([startRedis(), startRedis(), startRedis()])
    return {
      create(options) {
        const clients = servers.map(({ url }) => createClient({ url }) as unknown as NodeRedisClient)
        const log = redisLog({ client: redisShards(clients), ...options })
        return {
          ...log,
          async close() {
            await log.close()
            for (const client of clients) client.destroy()
          },
        }
      },
      close: async () => void (await Promise.all(servers.map((server) => server.close()))),
    }
  },
  hasRedis,
)

describe.skipIf(!hasRedis)(`several replicas, ${withRedis}`, { timeout: 20_000 }, () => {
  let server: RedisServer
  let here: StreamLog
  let there: StreamLog

  beforeAll(async () => {
    server = await startRedis()
    here = redisLog({ url: server.url })
    there = redisLog({ url: server.url })
  })
  afterAll(async () => {
    await here?.close()
    await there?.close()
    await server?.close()
  })

  it('read what another one writes, as it is written', async () => {
    const [writer, id] = await open(here)
    const following = there.follow(id, 0, forever)[Symbol.asyncIterator]()
    for (let n = 1; n <= 3; n++) {
      writer.append([event(n)])
      expect((await following.next()).value).toEqual({ seq: n, events: [event(n)] })
    }
    await writer.finish('done')
    expect(await following.next()).toMatchObject({ done: true })
  })

  it('let one of fifty begin a stream, wherever they are', async () => {
    const stream = { streamId: 'race', owner: '', onCancel() {}, onLost() {} }
    const racers = Array.from({ length: 50 }, (_, index) => (index % 2 ? here : there).open(stream))
    expect((await Promise.all(racers)).filter(Boolean)).toHaveLength(1)
  })

  it('stop what another one makes, at once', async () => {
    const onCancel = vi.fn()
    const [writer, id] = await open(here, { onCancel })
    expect(await there.cancel(id)).toBe('cancelling')
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledOnce(), 1_000)
    writer.append([event(1)])
    await writer.finish('cancelled')
    expect(await there.find(id)).toMatchObject({ state: 'cancelled', lastSeq: 1 })
  })

  it('stop it also where the message is lost, when the stream is next renewed', async () => {
    const deaf = redisLog({ client: lossy(connectTo(server.url), 1), leaseMs: 300 })
    const onCancel = vi.fn()
    const [writer, id] = await open(deaf, { onCancel })
    await there.cancel(id)
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledOnce(), 1_000)
    await writer.finish('cancelled')
    await deaf.close()
  })

  it('tell within the lease and a second that the one who wrote has crashed, and the reader what is left', async () => {
    const leaseMs = 400
    const dying = killable(connectTo(server.url))
    const crashing = redisLog({ client: dying.connection, leaseMs })
    const onLost = vi.fn()
    const [writer, id] = await open(crashing, { onLost })
    writer.append(events(1, 2))
    const following = there.follow(id, 0, forever)[Symbol.asyncIterator]()
    await following.next()
    const killedAt = Date.now()
    dying.kill()
    const { value } = await following.next()
    expect(value).toMatchObject({ seq: 3, events: [expect.stringContaining('"code":"incomplete"')] })
    expect(await following.next()).toMatchObject({ done: true })
    expect(Date.now() - killedAt).toBeLessThan(leaseMs + 1_000)
    // The one who only seemed dead learns that the stream is not its own any more.
    dying.revive()
    writer.append([event(3)])
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), 5_000)
    expect(await readAll(there.follow(id, 0, forever))).toHaveLength(3)
    await crashing.close()
  })

  it('catch up on all that was written while Redis did not answer', async () => {
    const impatient = redisLog({ url: server.url, timeoutMs: 100 })
    // To load its client and connect may take longer than that.
    const [writer, id] = await vi.waitFor(() => open(impatient), 5_000)
    const all = readAll(there.follow(id, 0, forever))
    writer.append(events(1, 100))
    server.pause()
    for (let n = 101; n <= 200; n++) writer.append([event(n)])
    await expect(impatient.find(id)).rejects.toThrow('did not answer within 100 ms')
    server.goOn()
    writer.append(events(201, 300))
    await writer.finish('done')
    expect(await all).toEqual(events(1, 300))
    await impatient.close()
  })
})

describe.skipIf(!hasRedis)(`a Redis that goes away, ${withRedis}`, { timeout: 20_000 }, () => {
  it('is told apart from a stream that never was, and holds nobody up', async () => {
    const server = await startRedis()
    const log = redisLog({ url: server.url, timeoutMs: 200, patienceMs: 300 })
    const onLost = vi.fn()
    const [writer, id] = await vi.waitFor(() => open(log, { onLost }), 5_000)
    const follower = readAll(log.follow(id, 0, forever))
    follower.catch(() => {})
    await server.crash()
    writer.append([event(1)])
    await expect(log.find(id)).rejects.toThrow('Redis')
    await expect(log.open({ streamId: 'new', owner: '', onCancel() {}, onLost() {} })).rejects.toThrow('Redis')
    await expect(follower).rejects.toThrow('Redis')
    await writer.finish('done')
    expect(onLost).toHaveBeenCalledOnce()
    await log.close()
    await server.close()
  })

  it('has forgotten its streams when it comes back, and takes new ones', async () => {
    const server = await startRedis()
    const log = redisLog({ url: server.url })
    const onLost = vi.fn()
    const [writer] = await open(log, { onLost })
    await server.restart()
    writer.append([event(1)])
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), 5_000)
    await vi.waitFor(async () => {
      const [again, id] = await open(log)
      again.append([event(1)])
      await again.finish('done')
      expect(await log.find(id)).toMatchObject({ state: 'done', lastSeq: 1 })
    }, 5_000)
    await log.close()
    await server.close()
  })

  it('need not be there at first', async () => {
    const server = await startRedis()
    await server.crash()
    const log = redisLog({ url: server.url })
    await expect(open(log)).rejects.toThrow('Redis')
    await server.restart()
    const [writer, id] = await vi.waitFor(() => open(log), 5_000)
    await writer.finish('done')
    expect(await log.find(id)).toMatchObject({ state: 'done' })
    await log.close()
    await server.close()
  })
})

it.skipIf(!hasRedis)(`leaves a client that was given open, ${withRedis}`, async () => {
  const server = await startRedis()
  const client = createClient({ url: server.url })
  await client.connect()
  const log = redisLog({ client: client as unknown as NodeRedisClient })
  await open(log)
  await log.close()
  expect(await client.ping()).toBe('PONG')
  client.destroy()
  await server.close()
})

it('wants to know where Redis is', () => {
  expect(() => redisLog({})).toThrow(TypeError)
})

/** Loses some of what is announced: every n-th, so that a run can be had again. */
function lossy(connected: Promise<RedisConnection>, every = 20): RedisConnection {
  let count = 0
  return {
    sendTo: async (key, args) => (await connected).sendTo(key, args),
    subscribe: async (channel, onMessage) =>
      (await connected).subscribe(channel, (message) => {
        if (++count % every !== 0) onMessage(message)
      }),
    unsubscribe: async (channel) => (await connected).unsubscribe(channel),
    close: async () => (await connected).close(),
  }
}

/** As of a process that dies: nothing gets out any more. */
function killable(connected: Promise<RedisConnection>) {
  let isDead = false
  const connection: RedisConnection = {
    ...lossy(connected, Number.POSITIVE_INFINITY),
    async sendTo(key, args) {
      if (isDead) throw new Error('dead')
      return (await connected).sendTo(key, args)
    },
  }
  return {
    connection,
    kill: () => {
      isDead = true
    },
    revive: () => {
      isDead = false
    },
  }
}
