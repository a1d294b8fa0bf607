type Labels = Readonly<Record<string, string>>

export interface Instrument {
  /** The lines of Prometheus' text format, version 0.0.4. */
  render(): string
}

export interface Counter extends Instrument {
  add(amount: number, labels: Labels): void
}

export interface Histogram extends Instrument {
  observe(value: number, labels: Labels): void
}

export function createCounter(name: string, help: string): Counter {
  const totals = new Map<string, number>()
  return {
    add(amount, labels) {
      const key = spell(labels)
      totals.set(key, (totals.get(key) ?? 0) + amount)
    },
    render: () => head(name, help, 'counter') + [...totals].map(([key, total]) => line(name, key, total)).join(''),
  }
}

/** @param bounds The upper ends of the buckets, in order. */
export function createHistogram(name: string, help: string, bounds: readonly number[]): Histogram {
  const series = new Map<string, { readonly counts: number[]; sum: number; count: number }>()

  function renderSeries([key, { counts, sum, count }]: [string, { counts: number[]; sum: number; count: number }]) {
    const buckets = bounds.map((bound, index) => line(`${name}_bucket`, join(key, `le="${bound}"`), counts[index] ?? 0))
    return [
      ...buckets,
      line(`${name}_bucket`, join(key, 'le="+Inf"'), count),
      line(`${name}_sum`, key, sum),
      line(`${name}_count`, key, count),
    ].join('')
  }

  return {
    observe(value, labels) {
      const key = spell(labels)
      const found = series.get(key) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 }
      series.set(key, found)
      for (const [index, bound] of bounds.entries())
        if (value <= bound) found.counts[index] = (found.counts[index] ?? 0) + 1
      found.sum += value
      found.count++
    },
    render: () => head(name, help, 'histogram') + [...series].map(renderSeries).join(''),
  }
}

function head(name: string, help: string, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels && `{${labels}}`} ${value}\n`
}

function spell(labels: Labels): string {
  return Object.entries(labels)
    .map(
      ([name, value]) =>
        `${name}="${value.replace(/["\\\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`,
    )
    .join(',')
}

function join(labels: string, label: string): string {
  return labels ? `${labels},${label}` : label
}
