import { createCounter, createHistogram, type Instrument } from './prometheus.ts'
import type { Observe } from './record.ts'

export interface Metrics {
  readonly observe: Observe
  /** In Prometheus' text format. */
  render(): string
}

const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900]

/**
 * Counts what the proxy does.
 * @param models The only names that become labels. A client chooses what it asks for, and could make labels without end.
 */
export function createMetrics(models: ReadonlySet<string>, openRequests: () => number): Metrics {
  const requests = createCounter('millrace_requests_total', 'Requests that ended.')
  const errors = createCounter('millrace_errors_total', 'Requests that ended in an error, by its code.')
  const refused = createCounter('millrace_limited_total', 'Requests that were refused by a limit.')
  const tokens = createCounter('millrace_tokens_total', 'Tokens that were used.')
  const cost = createCounter('millrace_cost_usd_total', 'What was used, in US dollars, where the price is known.')
  const events = createCounter('millrace_events_total', 'Events that were passed on.')
  const retries = createCounter('millrace_upstream_retries_total', 'Times an upstream was asked again, or another one.')
  const duration = createHistogram('millrace_request_seconds', 'How long requests took, streams to their end.', seconds)
  const firstEvent = createHistogram(
    'millrace_first_event_seconds',
    'How long the first event of a stream took.',
    seconds,
  )
  const all: Instrument[] = [requests, errors, refused, tokens, cost, events, retries, duration, firstEvent]

  const observe: Observe = () => (record) => {
    const { route, status, model = '', usage } = record
    const labels = { model: models.has(model) ? model : 'other' }
    requests.add(1, { route, status: `${status}` })
    duration.observe((record.endedAt - record.startedAt) / 1000, { route })
    if (record.error) errors.add(1, { route, code: record.error })
    if (record.limit) refused.add(1, { limit: record.limit })
    if (record.events) events.add(record.events, {})
    if (record.attempts && record.attempts > 1) retries.add(record.attempts - 1, {})
    if (record.firstEventMs !== undefined) firstEvent.observe(record.firstEventMs / 1000, labels)
    if (usage) tokens.add(usage.inputTokens, { ...labels, direction: 'input' })
    if (usage) tokens.add(usage.outputTokens, { ...labels, direction: 'output' })
    if (record.costUSD) cost.add(record.costUSD, labels)
  }

  return {
    observe,
    render() {
      const open = `# HELP millrace_open_requests Requests and streams on their way.\n# TYPE millrace_open_requests gauge\nmillrace_open_requests ${openRequests()}\n`
      return all.map((instrument) => instrument.render()).join('') + open
    },
  }
}
