import { median } from '../lib/stats.ts'
import { printTable } from '../lib/table.ts'
import type { Run } from './run-once.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenarios.ts'

export interface Result {
  readonly name: string
  readonly scenario: ScenarioName
  readonly run: Omit<Run, 'profile'>
}

/** What Millrace may take, as multiples of bare text nodes in the same run, and what nobody should have to wait. */
const ratioLimits: Partial<Record<ScenarioName, number>> = { A: 1.2, B8: 1.5, B32: 1.5, C: 1.4, D: 1.5 }
const longestTaskMs = 50
const frameMs = 34
const keyMs = 50
const lagMs = 60
/** What highlighting may add. */
const highlightingFactor = 1.25

type Figure = Exclude<keyof Run, 'fault' | 'profile'>

/** The one figure that a scenario is about. */
function mainFigure({ isMount, slowdown }: Scenario): Figure {
  if (isMount) return 'lagMs'
  // A slow processor is made by taking time away, and that is counted as spent.
  return slowdown ? 'taskMs' : 'cpuMs'
}

function medianOf(results: readonly Result[], name: string, scenario: ScenarioName, figure: Figure): number {
  const runs = results.filter((result) => result.name === name && result.scenario === scenario && !result.run.fault)
  return median(runs.map(({ run }) => run[figure]))
}

const columns = {
  'frame p99': 'frameP99',
  'longest task': 'longestTask',
  'key p95': 'keyP95',
  lag: 'lagMs',
  'heap MB': 'heapMB',
  elements: 'elements',
  'script kB': 'scriptKB',
} as const satisfies Record<string, Figure>

export function printResults(results: readonly Result[]): void {
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const main = mainFigure(scenarios[scenario])
    const names = [...new Set(results.map(({ name }) => name))]
    const figureOf = (name: string, figure: Figure) => medianOf(results, name, scenario, figure)
    const shown = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(value < 10 ? 1 : 0))
    console.log(`\n${scenario}: ${scenarios[scenario].title}\n`)
    printTable(
      ['', main === 'lagMs' ? 'ms' : `${main.slice(0, -2)} ms`, '× floor', ...Object.keys(columns)],
      names.map((name) => [
        name,
        shown(figureOf(name, main)),
        (figureOf(name, main) / figureOf('floor', main)).toFixed(2),
        ...Object.values(columns).map((figure) => shown(figureOf(name, figure))),
      ]),
    )
    for (const { name, run } of results.filter((result) => result.scenario === scenario))
      if (run.fault) console.log(`${name}: a run does not count, for ${run.fault}.`)
  }
}

export function failuresOf(results: readonly Result[]): string[] {
  return [...new Set(results.map(({ scenario }) => scenario))].flatMap((scenario) => {
    const { isMount, slowdown } = scenarios[scenario] as Scenario
    const main = mainFigure(scenarios[scenario])
    const value = (figure: Figure, name = 'millrace') => medianOf(results, name, scenario, figure)
    const checks: [what: string, value: number, limit: number][] = [
      ['times floor', value(main) / value(main, 'floor'), ratioLimits[scenario] ?? Number.POSITIVE_INFINITY],
      ['times as much with highlighting', value(main, 'millrace-highlighted') / value(main), highlightingFactor],
    ]
    if (!isMount) checks.push(['ms of lag', value('lagMs'), lagMs])
    if (slowdown) checks.push(['ms for a key', value('keyP95'), keyMs])
    else if (!isMount)
      checks.push(
        ['ms in one task', value('longestTask'), longestTaskMs],
        ['ms for a frame', value('frameP99'), frameMs],
      )
    return checks
      .filter(([, measured, limit]) => measured > limit)
      .map(([what, measured, limit]) => `${scenario}: ${measured.toFixed(2)} ${what}, where ${limit} is the limit.`)
  })
}
