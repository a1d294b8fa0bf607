import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createMessage, holysheep, streamReply } from '@millrace/core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Arrivals, arrivalsOf, arrivalsOverHttp2, chatBody } from './test-support/servers/arrivals.ts'
import { type CountingUpstream, startCountingUpstream, wholeText } from './test-support/servers/counting-upstream.ts'
import { behindNginx, hasNginx, startNginx } from './test-support/servers/nginx.ts'
import { type Replica, type ReplicaOptions, startReplica } from './test-support/servers/replica.ts'

const events = 20
const everyMs = 40

describe.skipIf(!hasNginx)(`a proxy ${behindNginx}`, { timeout: 60_000 }, () => {
  let upstream: CountingUpstream
  let replica: Replica

  beforeAll(async () => {
    upstream = await startCountingUpstream({ events, everyMs })
    replica = await startReplica({ upstream: upstream.url })
  })
  afterAll(async () => {
    await replica?.kill()
    await upstream?.close()
  })

  async function other(options: Omit<ReplicaOptions, 'upstream'>): Promise<Replica> {
    const another = await startReplica({ upstream: upstream.url, ...options })
    onTestFinished(another.kill)
    return another
  }

  /** The address of an nginx with one location. */
  async function nginx(location: string, { port = replica.port, server = '', listen = '' } = {}): Promise<string> {
    const started = await startNginx(`
      server {
        listen 127.0.0.1:PORT ${listen};
        ${server}
        location / { proxy_pass http://127.0.0.1:${port}; ${location} }
      }`)
    onTestFinished(started.close)
    return started.url
  }

  async function shipped(replicas: readonly Replica[]): Promise<string> {
    let config = readFileSync(new URL('../deploy/nginx.conf', import.meta.url), 'utf8')
    replicas.forEach(({ port }, index) => {
      config = config.replace(`proxy-${index + 1}:8787`, `127.0.0.1:${port}`)
    })
    const started = await startNginx(config.replace('listen 80', 'listen 127.0.0.1:PORT'))
    onTestFinished(started.close)
    return started.url
  }

  const article = `
    proxy_buffering off; proxy_cache off; proxy_http_version 1.1; proxy_set_header Connection "";
    gzip off; proxy_read_timeout 300s;`

  it('streams with all defaults, for its own headers say so', async () => {
    expectLive(await arrivalsOf(await nginx('')))
  })

  it('streams with the location of the article', async () => {
    expectLive(await arrivalsOf(await nginx(article)))
  })

  it('comes all at once where nginx buffers and is told not to listen to its header', async () => {
    expectAtOnce(await arrivalsOf(await nginx('proxy_ignore_headers X-Accel-Buffering;')))
  })

  it('streams with the location of the article also where its header is not listened to', async () => {
    expectLive(await arrivalsOf(await nginx(`${article} proxy_ignore_headers X-Accel-Buffering;`)))
  })

  it('streams through two of them where the inner one passes its header on, and not where it does not', async () => {
    const passing = await nginx('proxy_pass_header X-Accel-Buffering;')
    expectLive(await arrivalsOf(await nginx('', { port: Number(new URL(passing).port) })))
    const swallowing = await nginx('')
    expectAtOnce(await arrivalsOf(await nginx('', { port: Number(new URL(swallowing).port) })))
  })

  it('streams where nginx compresses', async () => {
    const server = 'gzip on; gzip_types text/event-stream; gzip_min_length 1;'
    const arrivals = await arrivalsOf(await nginx('', { server }), {}, { 'accept-encoding': 'gzip' })
    expect(arrivals.headers['content-encoding']).toBe('gzip')
    expectSpread(arrivals)
  })

  it('is kept alive by its heartbeat while the upstream is silent, and cut without', async () => {
    const silence = { events: 1, everyMs: 2_500 }
    const beating = await nginx('proxy_read_timeout 1s;', { port: (await other({ heartbeatMs: 300 })).port })
    const kept = await arrivalsOf(beating, silence)
    expect(kept).toMatchObject({ isComplete: true, text: expect.stringContaining('[DONE]') })
    const still = await nginx('proxy_read_timeout 1s; proxy_http_version 1.1;')
    const cut = await arrivalsOf(still, silence)
    expect(cut.text).not.toContain('[DONE]')
  })

  it.each([
    ['HTTP/1.0, which nginx speaks by default and in which the end looks whole', ''],
    ['HTTP/1.1', 'proxy_http_version 1.1; proxy_set_header Connection "";'],
  ])('that is killed leaves a reply that its reader calls incomplete: %s', async (_protocol, location) => {
    const victim = await other({})
    const baseURL = `${await nginx(location, { port: victim.port })}/v1`
    const request = { model: 'm', messages: [createMessage({ role: 'user', content: '{"events":1000}' })] }
    let text = ''
    let finishReason: string | undefined
    for await (const chunk of streamReply(request, { provider: holysheep, baseURL, apiKey: 'none' })) {
      if (chunk.type === 'text-delta') text += chunk.text
      if (chunk.type === 'message-end') finishReason = chunk.finishReason
      if (text.length > 20) void victim.kill()
    }
    expect(finishReason).toBe('incomplete')
    expect(wholeText(1000).startsWith(text)).toBe(true)
  })

  it('ends the request upstream when the browser closes', async () => {
    const url = await nginx('', { port: (await other({ detachGraceMs: 0 })).port })
    const waits: number[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      const before = upstream.leftAt
      const closedAt = await closeInTheMiddle(url)
      await expect.poll(() => upstream.leftAt, { interval: 5, timeout: 5_000 }).not.toBe(before)
      waits.push((upstream.leftAt ?? Number.NaN) - closedAt)
    }
    // The quickest says what it takes; the others what else the machine had to do.
    expect(Math.min(...waits)).toBeLessThan(100)
  })

  it('answers itself to a request that is too large, where nginx lets more through', async () => {
    const { port } = await other({ maxBodyBytes: 500_000 })
    const tooLarge = { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'x'.repeat(1_500_000) }
    const ours = await fetch(
      `${await nginx('', { port, server: 'client_max_body_size 20m;' })}/v1/chat/completions`,
      tooLarge,
    )
    expect(ours.status).toBe(413)
    expect(await ours.json()).toMatchObject({ error: { code: 'context-too-long' } })
    const nginxs = await fetch(`${await nginx('', { port })}/v1/chat/completions`, tooLarge)
    expect(nginxs.status).toBe(413)
    expect(await nginxs.text()).toContain('<html>')
  })

  it('streams over HTTP/2', async () => {
    expectLive(await arrivalsOverHttp2(await nginx('', { listen: 'http2' })))
  })

  it('carries 2,000 streams at a time where nginx has the connections', async () => {
    const started = await startNginx(
      `server { listen 127.0.0.1:PORT backlog=4096; location / { proxy_pass http://127.0.0.1:${replica.port}; } }`,
      8_192,
    )
    onTestFinished(started.close)
    const prompt = { events: 3, everyMs: 1_000 }
    const all = await Promise.all(Array.from({ length: 2_000 }, () => arrivalsOf(started.url, prompt)))
    const whole = all.filter(({ text, isComplete }) => isComplete && text.includes('[DONE]'))
    expect(whole).toHaveLength(2_000)
  })

  describe('with the nginx.conf that comes with it', () => {
    it('streams, also through another nginx', async () => {
      const url = await shipped([replica, replica])
      expectLive(await arrivalsOf(url))
      expectLive(await arrivalsOf(await nginx('', { port: Number(new URL(url).port) })))
    })

    it('breaks off visibly where the proxy is killed', async () => {
      const victim = await other({})
      const url = await shipped([victim, victim])
      setTimeout(() => void victim.kill(), 300)
      const outcome = await arrivalsOf(url, { events: 1_000 }).catch(() => undefined)
      expect(outcome?.isComplete).not.toBe(true)
    })

    it('keeps its metrics to itself', async () => {
      expect((await fetch(`${await shipped([replica, replica])}/metrics`)).status).toBe(404)
    })
  })
})

/** Each event when it was sent: spread over the time of the whole. Ratios hold on a busy machine as well. */
function expectLive(arrivals: Arrivals): void {
  expect(arrivals.text).toContain('[DONE]')
  expect(arrivals.isComplete).toBe(true)
  expectSpread(arrivals)
}

function expectSpread({ times, endedAt }: Arrivals): void {
  expect(times.length).toBeGreaterThan(events / 2)
  expect(times[Math.floor(times.length / 4)]).toBeLessThan(endedAt * 0.6)
}

function expectAtOnce({ times, endedAt, text }: Arrivals): void {
  expect(text).toContain('[DONE]')
  expect(times.length).toBeLessThanOrEqual(2)
  expect(times[0]).toBeGreaterThan(endedAt * 0.9)
}

/** Returns when it closed, by `performance`. */
function closeInTheMiddle(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/v1/chat/completions`,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        response.on('error', () => {})
        response.on('data', (piece) => {
          if (!`${piece}`.includes('data: ')) return
          sent.destroy()
          resolve(performance.now())
        })
      },
    )
    sent.on('error', reject)
    sent.end(chatBody({ events: 1_000 }))
  })
}
