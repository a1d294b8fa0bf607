import { type Meter, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { tokenAuth } from '../auth/token-auth.ts'
import type { ProxyOptions } from '../options.ts'
import {
  chatRequest,
  eventStream,
  getRequest,
  proxyTo,
  replyPieces,
  scriptedBody,
} from '../test-support/scripted-upstream.ts'
import { jsonLines } from './json-lines.ts'
import { openTelemetry } from './otel.ts'
import type { RequestRecord } from './record.ts'

const delta = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
const finish = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
const usage = 'data: {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500}}\n\n'
const done = 'data: [DONE]\n\n'
const whole = delta + finish + usage + done
const prices = { 'gpt-4.1': { input: 2, output: 8 } }

function observed(answer: () => Response | Promise<Response>, options: Partial<ProxyOptions> = {}) {
  const records: RequestRecord[] = []
  const { proxy } = proxyTo(answer, {
    prices,
    log: false,
    observe: [() => (record) => records.push(record)],
    ...options,
  })
  return { proxy, records }
}

describe('the record of a request', () => {
  it('says how a stream went, what it used and what that cost', async () => {
    const { proxy, records } = observed(() => eventStream(whole))
    await (await proxy.fetch(chatRequest())).text()
    expect(records).toEqual([
      {
        startedAt: expect.any(Number),
        endedAt: expect.any(Number),
        requestId: expect.any(String),
        method: 'POST',
        route: '/v1/chat/completions',
        status: 200,
        user: 'local',
        model: 'gpt-4.1',
        upstream: 'upstream',
        attempts: 1,
        isStream: true,
        firstEventMs: expect.any(Number),
        events: 3,
        finishReason: 'stop',
        usage: { inputTokens: 1000, outputTokens: 500, totalTokens: 1500 },
        costUSD: 0.006,
      },
    ])
  })

  it('says the same of an answer that does not stream', async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 }
    const { proxy, records } = observed(() => Response.json({ choices: [], usage }))
    await proxy.fetch(chatRequest({ body: '{"model":"gpt-4.1"}' }))
    expect(records[0]).toMatchObject({ isStream: false, costUSD: 0.006, usage: { totalTokens: 1500 } })
  })

  it('says who left, and estimates what was used until then', async () => {
    const body = scriptedBody()
    const { proxy, records } = observed(() => eventStream(body.stream))
    const received = await replyPieces(await proxy.fetch(chatRequest()))
    body.send(delta + delta)
    await received.next()
    await received.cancel()
    expect(records[0]).toMatchObject({ error: 'aborted', isUsageEstimated: true, events: 2 })
    expect(records[0]?.usage?.outputTokens).toBeGreaterThanOrEqual(2)
  })

  it.each<[string, () => Response | Promise<Response>, number]>([
    ['incomplete', () => eventStream(delta), 200],
    ['network', () => Promise.reject(new TypeError('connect')), 502],
    ['provider-error', () => new Response('{}', { status: 400 }), 400],
  ])('says how it failed: %s', async (error, answer, status) => {
    const { proxy, records } = observed(answer)
    await (await proxy.fetch(chatRequest())).text()
    expect(records[0]).toMatchObject({ error, status })
  })

  it('has no more of the name of a model than a model has', async () => {
    const { proxy, records } = observed(() => eventStream(whole))
    const body = JSON.stringify({ model: 'x'.repeat(100_000), stream: true })
    await (await proxy.fetch(chatRequest({ body }))).text()
    expect(records[0]?.model).toHaveLength(200)
  })

  it('is written as one line of JSON', async () => {
    const lines: string[] = []
    const { proxy } = observed(() => eventStream(whole), { observe: [jsonLines((line) => lines.push(line))] })
    await (await proxy.fetch(chatRequest())).text()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\{.*\}\n$/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ durationMs: expect.any(Number), status: 200, costUSD: 0.006 })
  })

  it('may be dropped by an observer that fails, and nothing else is', async () => {
    const fails = () => {
      throw new Error('boom')
    }
    const { proxy } = observed(() => eventStream(whole), { observe: [fails, () => fails] })
    expect(await (await proxy.fetch(chatRequest())).text()).toContain('[DONE]')
  })
})

describe('metrics', () => {
  it('count requests, tokens, costs and times', async () => {
    const { proxy } = observed(() => eventStream(whole), { metrics: true })
    await (await proxy.fetch(chatRequest())).text()
    const response = await proxy.fetch(getRequest('/metrics'))
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4')
    for (const line of [
      'millrace_requests_total{route="/v1/chat/completions",status="200"} 1',
      'millrace_tokens_total{model="gpt-4.1",direction="input"} 1000',
      'millrace_tokens_total{model="gpt-4.1",direction="output"} 500',
      'millrace_cost_usd_total{model="gpt-4.1"} 0.006',
      'millrace_events_total 3',
      'millrace_first_event_seconds_count{model="gpt-4.1"} 1',
      'millrace_request_seconds_bucket{route="/v1/chat/completions",le="+Inf"} 1',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \S+ .+|\w+(\{.*\})? [\d.e+-]+)$/)
  })

  it('have no label that a client can choose', async () => {
    const { proxy } = observed(() => eventStream(whole), { metrics: true })
    for (const model of ['a"} 1\nevil 2', 'b', 'c']) {
      await (await proxy.fetch(chatRequest({ body: JSON.stringify({ model, stream: true }) }))).text()
    }
    const text = await (await proxy.fetch(getRequest('/metrics'))).text()
    expect(text).toContain('millrace_tokens_total{model="other",direction="input"} 3000')
    expect(text).not.toContain('evil')
  })

  it('are not there unless they are wanted', async () => {
    const { proxy } = observed(() => eventStream(whole))
    expect((await proxy.fetch(getRequest('/metrics'))).status).toBe(404)
  })

  it('ask who you are', async () => {
    const authenticate = tokenAuth(['tk-0123456789abcdef'])
    const { proxy } = observed(() => eventStream(whole), { metrics: true, authenticate })
    expect((await proxy.fetch(getRequest('/metrics'))).status).toBe(401)
  })
})

describe('OpenTelemetry', () => {
  function traced(answer: () => Response) {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    const { proxy } = observed(answer, { observe: [openTelemetry({ tracer: provider.getTracer('test') })] })
    return { proxy, spans: () => exporter.getFinishedSpans() }
  }

  it('has a span for a chat, by the conventions for generative AI', async () => {
    const { proxy, spans } = traced(() => eventStream(whole))
    await (await proxy.fetch(chatRequest())).text()
    const [span] = spans()
    expect([span?.name, span?.kind]).toEqual(['chat gpt-4.1', SpanKind.CLIENT])
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 500,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': expect.any(Number),
    })
  })

  it('says of a failure which', async () => {
    const { proxy, spans } = traced(() => eventStream(delta))
    await (await proxy.fetch(chatRequest())).text()
    expect(spans()[0]?.status.code).toBe(SpanStatusCode.ERROR)
    expect(spans()[0]?.attributes['error.type']).toBe('incomplete')
  })

  it('counts times and tokens by the names of the conventions', async () => {
    const recorded: [name: string, value: number, attributes: object][] = []
    const meter = {
      createHistogram: (name: string) => ({
        record: (value: number, attributes: object) => recorded.push([name, value, attributes]),
      }),
    } as unknown as Meter // As much of it as is used.
    const { proxy } = observed(() => eventStream(whole), { observe: [openTelemetry({ meter, provider: 'deepseek' })] })
    await (await proxy.fetch(chatRequest())).text()
    expect(recorded.map(([name]) => name)).toEqual([
      'gen_ai.client.operation.duration',
      'gen_ai.client.operation.time_to_first_chunk',
      'gen_ai.client.token.usage',
      'gen_ai.client.token.usage',
    ])
    expect(recorded.slice(2).map(([, value, attributes]) => [value, attributes])).toEqual([
      [1000, expect.objectContaining({ 'gen_ai.token.type': 'input', 'gen_ai.provider.name': 'deepseek' })],
      [500, expect.objectContaining({ 'gen_ai.token.type': 'output' })],
    ])
  })

  it('has no span for what asks no model', async () => {
    const { proxy, spans } = traced(() => Response.json({ data: [] }))
    await proxy.fetch(getRequest('/v1/models'))
    expect(spans()).toEqual([])
  })
})
