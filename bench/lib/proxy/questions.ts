import { readStream } from './client.ts'
import type { Running } from './contenders.ts'
import type { Provider } from './counting-provider.ts'
import { cpuMs, residentKB } from './process-stats.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface Pace {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuMicrosecondsPerEvent: number
}

/** Has it compiled what runs for the first time, which is not what is asked for: 500 streams, 50,000 events. */
export async function warmUp({ port, headers }: Running): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const order = { events: 100, everyMs: 8 }
    await Promise.all(Array.from({ length: 50 }, () => readStream(port, order, headers).received))
  }
}

/** What it adds to an event on its way, and what that costs: 50 streams of 50 events a second. */
export async function askPace({ port, pid, headers }: Running, seconds: number): Promise<Pace> {
  const order = { events: 50 * seconds, everyMs: 20 }
  const before = cpuMs(pid)
  const streams = await Promise.all(
    Array.from({ length: 50 }, async () => {
      // Not all in the same millisecond.
      await pause(Math.random() * 500)
      return readStream(port, order, headers).received
    }),
  )
  const cpu = cpuMs(pid) - before
  const all = streams.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b)
  const at = (part: number) => all[Math.floor(all.length * part)] ?? Number.NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99), cpuMicrosecondsPerEvent: (cpu * 1_000) / all.length }
}

/** How long until the first event, with nothing else going on; the middle of several. */
export async function askFirstByte({ port, headers }: Running, times: number): Promise<number> {
  const firsts: number[] = []
  for (let n = 0; n < times; n++) {
    firsts.push((await readStream(port, { events: 1, everyMs: 1 }, headers).received).firstMs)
    await pause(20)
  }
  return firsts.sort((a, b) => a - b)[times >> 1] ?? Number.NaN
}

export interface Crowd {
  readonly whole: number
  readonly kBPerStream: number
  readonly cpuMicrosecondsPerEvent: number
}

/** What many slow streams take: an event a second each. */
export async function askCrowd({ port, pid, headers }: Running, streams: number, seconds: number): Promise<Crowd> {
  const idleKB = residentKB(pid)
  const idleCpu = cpuMs(pid)
  let peakKB = idleKB
  const watch = setInterval(() => {
    peakKB = Math.max(peakKB, residentKB(pid))
  }, 250)
  const received: ReturnType<typeof readStream>['received'][] = []
  for (let n = 0; n < streams; n++) {
    received.push(readStream(port, { events: seconds, everyMs: 1_000 }, headers).received)
    // As people come, not as a flood: 2,000 a second.
    if (n % 20 === 19) await pause(10)
  }
  const all = await Promise.all(received)
  clearInterval(watch)
  return {
    whole: all.filter(({ isWhole }) => isWhole).length,
    kBPerStream: (peakKB - idleKB) / streams,
    cpuMicrosecondsPerEvent: ((cpuMs(pid) - idleCpu) * 1_000) / (streams * seconds),
  }
}

/** How long until the provider hears that a client left; infinity where it does not within two seconds. */
export async function askLeaving({ port, headers }: Running, provider: Provider): Promise<number> {
  const stream = readStream(port, { events: 1_000, everyMs: 20 }, headers)
  await stream.begun
  const before = provider.leftAt
  const leftAt = performance.now()
  stream.request.destroy()
  while (provider.leftAt === before && performance.now() - leftAt < 2_000) await pause(1)
  return provider.leftAt === before ? Number.POSITIVE_INFINITY : provider.leftAt - leftAt
}
