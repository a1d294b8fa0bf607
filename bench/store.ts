// Does a delta always cost the same, and what does a burst of them cost here and elsewhere?

import { median } from './lib/stats.ts'
import { type BurstPage, openBurstPage } from './lib/store/burst.ts'
import { type Cost, costOfDelta, type Place, timedDeltas } from './lib/store/delta-cost.ts'
import type { Burst, ContestantName } from './lib/store/page.tsx'
import { printTable } from './lib/table.ts'
import manifest from './package.json' with { type: 'json' }

const threadLengths = [10, 1_000, 10_000]
const answerLengths = [1_000, 100_000, 1_000_000]
const rounds = 15
const largestRatio = 1.5

const burstDeltas = 8_000
const isQuick = process.argv.includes('--quick')
// How often each is raced. One of theirs is over in a second, the other waits for a timer after every delta.
const bursts: Readonly<Record<ContestantName, number>> = {
  millrace: 9,
  '@ai-sdk/react': 5,
  '@tanstack/ai-react': isQuick ? 0 : 1,
}
const largestShares: readonly (readonly [ContestantName, number])[] = [
  ['@ai-sdk/react', 0.2],
  ['@tanstack/ai-react', 0.02],
]

interface Cell {
  readonly place: Place
  readonly costs: Cost[]
}

const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2, minimumFractionDigits: 2 })
const whole = (value: number) => Math.round(value).toLocaleString('en')
const bestOf = ({ costs }: Cell) => Math.min(...costs.map(({ microseconds }) => microseconds))
const medianOf = ({ costs }: Cell) => median(costs.map(({ microseconds }) => microseconds))

/** How many times as much the dearest place costs as the cheapest. */
function spreadOf(cells: readonly Cell[], costOf: (cell: Cell) => number): number {
  const costs = cells.map(costOf)
  return Math.max(...costs) / Math.min(...costs)
}

/** Round after round through all places: what slows the machine down for a while slows all of them. */
async function measure(cells: readonly Cell[]): Promise<void> {
  for (let round = -2; round < rounds; round++)
    for (const { place, costs } of cells) {
      const cost = await costOfDelta(place, 'frame')
      // The first rounds compile what the others measure.
      if (round >= 0) costs.push(cost)
    }
}

function printCosts(cells: readonly Cell[]): void {
  const cheapest = Math.min(...cells.map(bestOf))
  const cheapestMedian = Math.min(...cells.map(medianOf))
  console.log(`One of ${whole(timedDeltas)} deltas that come at once, best and middle of ${rounds} rounds\n`)
  printTable(
    ['messages', 'answer', 'commits', 'best µs', '× cheapest', 'middle µs', '× cheapest'],
    cells.map((cell) => [
      whole(cell.place.messages),
      whole(cell.place.characters),
      whole(median(cell.costs.map(({ commits }) => commits))),
      format(bestOf(cell)),
      format(bestOf(cell) / cheapest),
      format(medianOf(cell)),
      format(medianOf(cell) / cheapestMedian),
    ]),
  )
}

/** A commit copies the list of messages: what that is of a frame, where one delta comes per frame. */
async function printCommits(): Promise<void> {
  const cells = threadLengths.map((messages): Cell => ({ place: { messages, characters: 1_000 }, costs: [] }))
  for (let round = 0; round < rounds; round++)
    for (const { place, costs } of cells) costs.push(await costOfDelta(place, 'chunk'))
  console.log('\nA delta with a commit of its own\n')
  printTable(
    ['messages', 'best µs', '% of a frame'],
    cells.map((cell) => [whole(cell.place.messages), format(bestOf(cell)), format(bestOf(cell) / (16_667 / 100))]),
  )
}

async function raceAll(page: BurstPage): Promise<Map<ContestantName, Burst[]>> {
  const names = Object.keys(bursts) as ContestantName[]
  const results = new Map(names.map((name) => [name, [] as Burst[]]))
  for (let round = 0; round < Math.max(...Object.values(bursts)); round++)
    for (const name of names) if (round < bursts[name]) results.get(name)?.push(await page.receive(name))
  return results
}

const msOf = (results: readonly Burst[] = []) => median(results.map(({ ms }) => ms))

function printBursts(results: ReadonlyMap<ContestantName, readonly Burst[]>): void {
  const ours = msOf(results.get('millrace'))
  const versions: Readonly<Record<string, string>> = manifest.dependencies
  console.log(
    `\n${whole(burstDeltas)} deltas in one burst, in Chromium, from the response to the document; middle of all runs\n`,
  )
  printTable(
    ['', 'runs', 'renders', 'ms', 'ours ÷ theirs'],
    [...results]
      .filter(([, runs]) => runs.length > 0)
      .map(([name, runs]) => [
        name === 'millrace' ? 'useStreamingChat' : `${name} ${versions[name]}`,
        whole(runs.length),
        whole(median(runs.map(({ renders }) => renders))),
        whole(msOf(runs)),
        (ours / msOf(runs)).toFixed(4),
      ]),
  )
}

const cells = threadLengths.flatMap((messages) =>
  answerLengths.map((characters): Cell => ({ place: { messages, characters }, costs: [] })),
)
await measure(cells)
// Noise passes, slowness stays.
if (spreadOf(cells, bestOf) > largestRatio) await measure(cells)
printCosts(cells)
await printCommits()

const page = await openBurstPage(burstDeltas)
const results = await raceAll(page)
await page.close()
printBursts(results)

const failures: string[] = []
const spread = spreadOf(cells, bestOf)
if (spread > largestRatio)
  failures.push(`A delta costs up to ${spread.toFixed(2)} times as much, above ${largestRatio}.`)
for (const [name, largest] of largestShares) {
  const share = msOf(results.get('millrace')) / msOf(results.get(name))
  if (share > largest) failures.push(`A burst takes ${share.toFixed(3)} of the time of ${name}, above ${largest}.`)
}
for (const failure of failures) console.error(`\nToo slow. ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
