// What do ten thousand, a hundred thousand and a million streams at a time take, and what happens when a replica dies?
import { loseReplica } from './lib/proxy/lose-replica.ts'
import { type Assumptions, type Needs, needsOf } from './lib/proxy/scale-model.ts'
import { printTable } from './lib/table.ts'

const assumptions: Assumptions = {
  eventsPerSecond: 40,
  secondsPerReply: 20,
  bytesPerEvent: 180,
  bytesAddedPerEvent: 46,
  proxyMicrosecondsPerEvent: 40,
  proxyKBPerStream: 90,
  proxyMillisecondsPerRequest: 1,
  redisMicrosecondsPerAppend: 19,
  redisMicrosecondsPerEvent: 4,
  redisBytesPerByte: 1.3,
  batchMs: 8,
  keepSeconds: 600,
  fullness: 0.6,
  replicaCores: 1,
  replicaMB: 2_048,
  replicaDescriptors: 65_536,
  redisShardMB: 16_384,
  redisShardMbit: 5_000,
}
// What moves what breaks first.
const tuned: Assumptions = { ...assumptions, batchMs: 250, keepSeconds: 60 }
const sizes = [10_000, 100_000, 1_000_000]

console.log('As it comes (batchMs 8, keepMs 10 min)')
print(sizes.map((size) => needsOf(size, assumptions)))
console.log('\nWith batchMs 250 and keepMs 1 min')
print(sizes.map((size) => needsOf(size, tuned)))

console.log('\nOne replica dies')
printTable(
  ['streams', 'replicas', 'replies lost', 'back: middle ms', 'last ms', 'told: middle ms', 'last ms', 'refused'],
  sizes.map((streams) => {
    const replicas = Math.max(...Object.values(needsOf(streams, tuned).replicas))
    const { proxyMillisecondsPerRequest: millisecondsPerRequest, fullness } = tuned
    const options = { streams, replicas, leaseMs: 15_000, millisecondsPerRequest, spare: 1 - fullness, backlog: 4_096 }
    const { repliesLost, reconnectedAfterMs, toldAfterMs, refusals } = loseReplica(options)
    const numbers = [
      repliesLost,
      reconnectedAfterMs.middle,
      reconnectedAfterMs.last,
      toldAfterMs.middle,
      toldAfterMs.last,
      refusals,
    ]
    return [`${streams}`, `${replicas}`, ...numbers.map((number) => number.toFixed(0))]
  }),
)

function print(needs: readonly Needs[]): void {
  const row = (name: string, cell: (need: Needs) => string) => [name, ...needs.map(cell)]
  printTable(
    ['streams at a time', ...needs.map(({ streams }) => streams.toLocaleString('en'))],
    [
      row('replicas for the processor', ({ replicas }) => `${replicas.byProcessor}`),
      row('replicas for memory', ({ replicas }) => `${replicas.byMemory}`),
      row('replicas for descriptors', ({ replicas }) => `${replicas.byDescriptors}`),
      row('streams a replica', ({ streamsPerReplica }) => `${streamsPerReplica}`),
      row('Gbit/s to clients, and as much from providers', ({ gbitToClients }) => gbitToClients.toFixed(1)),
      row('appends a second', ({ appendsPerSecond }) => appendsPerSecond.toLocaleString('en')),
      row('Redis shards for the processor', ({ shards }) => `${shards.byProcessor}`),
      row('Redis shards for memory', ({ shards }) => `${shards.byMemory}`),
      row('Redis shards for bandwidth', ({ shards }) => `${shards.byBandwidth}`),
      row('GB kept in Redis', ({ gbKeptInRedis }) => gbKeptInRedis.toFixed(0)),
    ],
  )
}
