import {
  context,
  type Meter,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { attributes, durationBounds, metricNames, operation, tokenBounds } from './gen-ai-names.ts'
import type { Observe, RequestRecord } from './record.ts'

export interface OpenTelemetryOptions {
  /** Default: that of the global provider. */
  readonly tracer?: Tracer
  /** Default: that of the global provider. */
  readonly meter?: Meter
  /** Who answers, as the conventions call them: `openai`, `anthropic`, `deepseek`. Default `openai`, whose API is spoken. */
  readonly provider?: string
}

/**
 * A span for each chat, child of the span its request belongs to, and the histograms of OpenTelemetry's conventions for
 * generative AI, which are still in development. What was asked and answered is in neither.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Observe {
  const { provider = 'openai', tracer = trace.getTracer('@millrace/proxy') } = options
  const meter = options.meter ?? metrics.getMeter('@millrace/proxy')
  const duration = meter.createHistogram(metricNames.duration, {
    unit: 's',
    advice: { explicitBucketBoundaries: durationBounds },
  })
  const firstChunk = meter.createHistogram(metricNames.firstChunk, {
    unit: 's',
    advice: { explicitBucketBoundaries: durationBounds },
  })
  const tokens = meter.createHistogram(metricNames.tokens, {
    unit: '{token}',
    advice: { explicitBucketBoundaries: tokenBounds },
  })

  return ({ headers }) => {
    const parent = propagation.extract(context.active(), Object.fromEntries(headers))
    return (record) => {
      // Other requests ask no model.
      if (record.attempts === undefined) return
      const labels = labelsOf(record, provider)
      const span = tracer.startSpan(
        record.model ? `${operation} ${record.model}` : operation,
        { kind: SpanKind.CLIENT, startTime: record.startedAt, attributes: { ...labels, ...detailsOf(record) } },
        parent,
      )
      if (record.error) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(record.endedAt)
      duration.record((record.endedAt - record.startedAt) / 1000, labels)
      if (record.firstEventMs !== undefined) firstChunk.record(record.firstEventMs / 1000, labels)
      if (!record.usage || record.isUsageEstimated) return
      tokens.record(record.usage.inputTokens, { ...labels, [attributes.tokenType]: 'input' })
      tokens.record(record.usage.outputTokens, { ...labels, [attributes.tokenType]: 'output' })
    }
  }
}

function labelsOf({ model, error }: RequestRecord, provider: string) {
  return {
    [attributes.operation]: operation,
    [attributes.provider]: provider,
    ...(model && { [attributes.model]: model }),
    ...(error && { [attributes.error]: error }),
  }
}

function detailsOf({ usage, finishReason, firstEventMs, isStream }: RequestRecord) {
  return {
    ...(isStream !== undefined && { [attributes.isStream]: isStream }),
    ...(usage && { [attributes.inputTokens]: usage.inputTokens, [attributes.outputTokens]: usage.outputTokens }),
    ...(finishReason && { [attributes.finishReasons]: [finishReason] }),
    ...(firstEventMs !== undefined && { [attributes.firstChunk]: firstEventMs / 1000 }),
  }
}
