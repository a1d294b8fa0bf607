// What does a stream cost the Redis that keeps it, and how soon is it at another replica?
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redisLog } from '@millrace/proxy/redis'
import { freePort } from './lib/proxy/contenders.ts'
import { cpuMs, residentKB } from './lib/proxy/process-stats.ts'
import { median } from './lib/stats.ts'
import { printTable } from './lib/table.ts'

const streams = 100
const events = 200
const everyMs = 25
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-redis-'))
const port = await freePort()
const redis = spawn('redis-server', ['--port', `${port}`, '--save', '', '--dir', folder], { stdio: 'ignore' })
await pause(500)
const rows = [await measure(redis, 0), await measure(redis, 8), await measure(redis, 250)]
redis.kill()
await once(redis, 'exit')
rmSync(folder, { recursive: true, force: true })
printTable(
  [
    'events gathered for',
    'appends a second',
    'Redis µs an event',
    'bytes a byte',
    'at another replica, p50 ms',
    'p99 ms',
  ],
  rows,
)

/** Streams of 40 events a second, each followed from another replica. */
async function measure({ pid = 0 }: ChildProcess, batchMs: number): Promise<string[]> {
  const url = `redis://127.0.0.1:${port}`
  const here = redisLog({ url, batchMs })
  const there = redisLog({ url })
  const event = `data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}\n\n`
  const before = { cpu: cpuMs(pid), kB: residentKB(pid), at: performance.now() }
  const latenciesMs: number[] = []

  async function stream(n: number): Promise<void> {
    const streamId = `bench-${batchMs}-${n}`
    const writer = await here.open({ streamId, owner: '', onCancel() {}, onLost() {} })
    const sentAt: number[] = []
    const following = (async () => {
      for await (const { seq, events } of there.follow(streamId, 0, new AbortController().signal)) {
        events.forEach((_, index) => {
          latenciesMs.push(performance.now() - (sentAt[seq + index] ?? Number.NaN))
        })
      }
    })()
    await pause(Math.random() * 500)
    for (let seq = 1; seq <= events; seq++) {
      sentAt[seq] = performance.now()
      writer?.append([event])
      await pause(everyMs)
    }
    await writer?.finish('done')
    await following
  }

  await Promise.all(Array.from({ length: streams }, (_, n) => stream(n)))
  const seconds = (performance.now() - before.at) / 1_000
  const cpu = cpuMs(pid) - before.cpu
  const kB = residentKB(pid) - before.kB
  await here.close()
  await there.close()
  latenciesMs.sort((a, b) => a - b)
  const batches = Math.ceil(events / Math.max(1, batchMs / everyMs))
  return [
    `${batchMs} ms`,
    ((streams * batches) / seconds).toFixed(0),
    ((cpu * 1_000) / (streams * events)).toFixed(0),
    ((kB * 1_024) / (streams * events * event.length)).toFixed(2),
    median(latenciesMs).toFixed(1),
    (latenciesMs[Math.floor(latenciesMs.length * 0.99)] ?? Number.NaN).toFixed(0),
  ]
}
