// What does the proxy cost, beside the least that is possible, nginx and Portkey's gateway?
import { loadavg } from 'node:os'
import { type Contender, contenders, type Running } from './lib/proxy/contenders.ts'
import { type Provider, startProvider } from './lib/proxy/counting-provider.ts'
import { pin } from './lib/proxy/process-stats.ts'
import { askCrowd, askFirstByte, askLeaving, askPace, type Crowd, type Pace, warmUp } from './lib/proxy/questions.ts'
import { printTable } from './lib/table.ts'

// The aims are 2, 2, 100 kB, 10 ms and 100 ms.
const rounds = 5
const seconds = 3
const leavings = 4

interface Answers {
  readonly pace: Pace[]
  readonly firstMs: number[]
  crowd?: Crowd
  bigCrowd?: Crowd
  readonly leavingMs: number[]
}

const onlyQuick = process.argv.includes('--quick')
const answers = new Map<string, Answers>()
console.log(`load before: ${loadavg()[0]?.toFixed(1)}`)
// Client and provider on one core, what is measured on the other.
pin(process.pid, 1)
const provider = await startProvider()

// All are there, and are asked turn by turn: a busy moment of the machine does not strike one of them alone.
const standing: [Running, Answers][] = []
for (const { name, start } of contenders) {
  const running = await start(provider.port)
  if (!running) {
    console.log(`${name} cannot run here.`)
    continue
  }
  pin(running.pid, 0)
  const answer: Answers = { pace: [], firstMs: [], leavingMs: [] }
  answers.set(name, answer)
  standing.push([running, answer])
  await warmUp(running)
}
for (let round = 0; round < rounds; round++) {
  for (const [running, { pace, firstMs }] of standing) {
    firstMs.push(await askFirstByte(running, 15))
    pace.push(await askPace(running, seconds))
  }
}
await Promise.all(standing.map(([running]) => running.stop()))

// From here on each by itself, from its start.
await forEachContender(async (running, answer) => {
  answer.crowd = await askCrowd(running, 2_000, 10)
})
if (!onlyQuick) {
  await forEachContender(async (running, answer) => {
    answer.bigCrowd = await askCrowd(running, 6_000, 10)
  })
}
await forEachContender(
  async (running, { leavingMs }) => {
    for (let n = 0; n < leavings; n++) leavingMs.push(await askLeaving(running, provider))
  },
  (contender) => contender.startEndingWithClient ?? contender.start,
)
provider.close()

async function forEachContender(
  ask: (running: Running, answer: Answers, provider: Provider) => Promise<void>,
  starter: (contender: Contender) => Contender['start'] = ({ start }) => start,
): Promise<void> {
  for (const contender of contenders) {
    const answer = answers.get(contender.name)
    const running = answer && (await starter(contender)(provider.port))
    if (!running) continue
    pin(running.pid, 0)
    await ask(running, answer, provider)
    await running.stop()
  }
}

function row(name: string, cell: (answer: Answers) => string): string[] {
  return [name, ...[...answers.values()].map(cell)]
}

// The best round of each: what else a machine has to do can only add.
const p50 = ({ pace }: Answers) => Math.min(...pace.map(({ p50Ms }) => p50Ms))
const p99 = ({ pace }: Answers) => Math.min(...pace.map(({ p99Ms }) => p99Ms))
const cpu = ({ pace }: Answers) => Math.min(...pace.map(({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent))
const first = ({ firstMs }: Answers) => Math.min(...firstMs)
const inTime = ({ leavingMs }: Answers) => leavingMs.filter((ms) => ms <= 100).length

printTable(
  ['', ...answers.keys()],
  [
    row('an event on its way, p50 ms', (answer) => p50(answer).toFixed(2)),
    row('the same, p99 ms', (answer) => p99(answer).toFixed(1)),
    row('processor, µs an event', (answer) => cpu(answer).toFixed(0)),
    row('first event, ms', (answer) => first(answer).toFixed(1)),
    row('2,000 slow streams: whole', ({ crowd }) => `${crowd?.whole}`),
    row('the same: kB a stream', ({ crowd }) => `${crowd?.kBPerStream.toFixed(0)}`),
    row('the same: µs an event', ({ crowd }) => `${crowd?.cpuMicrosecondsPerEvent.toFixed(0)}`),
    ...(onlyQuick
      ? []
      : [
          row('6,000 slow streams: whole', ({ bigCrowd }) => `${bigCrowd?.whole}`),
          row('the same: kB a stream', ({ bigCrowd }) => `${bigCrowd?.kBPerStream.toFixed(0)}`),
        ]),
    row(`client gone: provider told in 100 ms`, (answer) => `${inTime(answer)} of ${leavings}`),
  ],
)
console.log(`load after: ${loadavg()[0]?.toFixed(1)}`)

const raw = answers.get('raw pipe')
const ours = answers.get('ours')
const portkey = answers.get('Portkey')
if (!raw || !ours) throw new Error('The proxy or what it is compared with did not run.')

const aims: [string, boolean][] = [
  ['p50 of an event ≤ 2 × raw', p50(ours) <= 2 * p50(raw)],
  ['processor per event ≤ 2 × raw', cpu(ours) <= 2 * cpu(raw)],
  ['first event ≤ raw + 10 ms', first(ours) <= first(raw) + 10],
  ['2,000 streams, none lost', ours.crowd?.whole === 2_000],
  ['≤ 100 kB a stream', (ours.crowd?.kBPerStream ?? Number.NaN) <= 100],
  ['told in 100 ms, 4 of 4', inTime(ours) === leavings],
]
if (ours.bigCrowd) aims.push(['6,000 streams, none lost', ours.bigCrowd.whole === 6_000])
if (portkey) {
  aims.push(
    ['p50 better than Portkey', p50(ours) < p50(portkey)],
    ['processor better than Portkey', cpu(ours) < cpu(portkey)],
    ['first event better than Portkey', first(ours) < first(portkey)],
    [
      'processor of slow streams better than Portkey',
      (ours.crowd?.cpuMicrosecondsPerEvent ?? Number.NaN) < (portkey.crowd?.cpuMicrosecondsPerEvent ?? Number.NaN),
    ],
    ['kB a stream better than Portkey', (ours.crowd?.kBPerStream ?? 0) < (portkey.crowd?.kBPerStream ?? 0)],
    ['leaving better than Portkey', inTime(ours) > inTime(portkey)],
  )
}
for (const [aim, isReached] of aims) console.log(`${isReached ? 'reached' : 'MISSED '}  ${aim}`)
process.exit(aims.every(([, isReached]) => isReached) ? 0 : 1)
