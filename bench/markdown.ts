// Does Markdown cost the same for each character, however long the answer and its open block, and what does it elsewhere?
import { createDocument, type DocumentKind, documentKinds } from './lib/markdown/documents.ts'
import { type Measured, openPage } from './lib/markdown/open-page.ts'
import type { ContestantName } from './lib/markdown/page.tsx'
import { fittedExponent } from './lib/stats.ts'
import { printTable } from './lib/table.ts'

const lengths = [25_000, 50_000, 100_000, 200_000]
const comparedLength = 25_000
const step = 200
const rounds = 3
const isQuick = process.argv.includes('--quick')

const aimedExponent = 1.2
// The rest is what noise on a busy machine may cost.
const largestExponent = 1.35
const largestShare = 1 / 10

const page = await openPage()
const seconds = performance.now()

interface Task {
  readonly name: ContestantName
  readonly kind: DocumentKind
  readonly length: number
}

/** The run in the middle, by its time. */
async function measureWhole({ name, kind, length }: Task, times: number): Promise<Measured> {
  const text = createDocument(kind, length)
  const runs: Measured[] = []
  for (let run = 0; run < times; run++) runs.push(await page.measure({ name, text, step }))
  const sorted = runs.toSorted((a, b) => a.cpuMs - b.cpuMs)
  return sorted[sorted.length >> 1] as Measured
}

const harnessMs = new Map<number, number>()

/** Without what the page costs when it shows nothing. */
async function measure(task: Task, times: number): Promise<Measured> {
  const { length } = task
  const known = harnessMs.get(length)
  const nothing = known ?? (await measureWhole({ ...task, name: 'nothing' }, rounds)).cpuMs
  harnessMs.set(length, nothing)
  const measured = await measureWhole(task, times)
  return { ...measured, cpuMs: measured.cpuMs - nothing }
}

interface Row {
  readonly kind: DocumentKind
  readonly ours: readonly Measured[]
  readonly exponent: number
}

async function measureOurs(kind: DocumentKind): Promise<Row> {
  const ours: Measured[] = []
  for (const length of lengths) ours.push(await measure({ name: 'millrace', kind, length }, rounds))
  const exponent = fittedExponent(ours.map(({ cpuMs }, index) => [lengths[index] ?? 0, cpuMs]))
  return { kind, ours, exponent }
}

const shown = (ms: number) => ms.toFixed(0)
const failures: string[] = []

// What the first run in a browser costs is nobody's fault.
await measure({ name: 'millrace', kind: 'mixed', length: 5_000 }, 1)

const rows: Row[] = []
for (const kind of documentKinds) rows.push(await measureOurs(kind))
console.log(`Millrace, a commit every ${step} characters: ms of the main thread, parsing, React and layout\n`)
printTable(
  ['', ...lengths.map((length) => `${length / 1_000} kB`), 'exponent', 'longest commit'],
  rows.map(({ kind, ours, exponent }) => [
    kind,
    ...ours.map(({ cpuMs }) => shown(cpuMs)),
    exponent.toFixed(2),
    shown(Math.max(...ours.map(({ longestMs }) => longestMs))),
  ]),
)
for (const { kind, exponent } of rows) {
  if (exponent > largestExponent) failures.push(`${kind} grows with an exponent of ${exponent.toFixed(2)}.`)
  else if (exponent > aimedExponent) console.log(`\n${kind} is over the aim of ${aimedExponent}.`)
}

if (!isQuick) {
  console.log(`\nAgainst others at ${comparedLength / 1_000} kB: ms of the main thread, and × ours\n`)
  const table: string[][] = []
  for (const kind of documentKinds) {
    const task = { kind, length: comparedLength }
    const ours = await measure({ ...task, name: 'millrace' }, rounds)
    const streamdown = await measure({ ...task, name: 'streamdown' }, 1)
    const reactMarkdown = await measure({ ...task, name: 'react-markdown' }, 1)
    const against = ({ cpuMs }: Measured) => [shown(cpuMs), (cpuMs / ours.cpuMs).toFixed(1)]
    table.push([kind, shown(ours.cpuMs), ...against(streamdown), ...against(reactMarkdown)])
    if (kind === 'mixed' && ours.cpuMs > streamdown.cpuMs * largestShare) {
      failures.push(`Mixed text costs ${(ours.cpuMs / streamdown.cpuMs).toFixed(2)} of what it costs in Streamdown.`)
    }
  }
  printTable(['', 'Millrace', 'Streamdown', '×', 'react-markdown', '×'], table)
}

await page.close()
console.log(`\n${((performance.now() - seconds) / 1_000).toFixed(0)} s`)
for (const failure of failures) console.error(`\nToo slow. ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
