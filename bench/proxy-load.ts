// Does the proxy keep its head, and let go of everything, when thousands come, leave, come back and read slowly?
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from './lib/proxy/contenders.ts'
import { startFaultyProvider } from './lib/proxy/faulty-provider.ts'
import { type Outcome, readRestlessly } from './lib/proxy/restless-client.ts'
import type { Holdings } from './lib/proxy/watched-proxy.ts'
import { printTable } from './lib/table.ts'

const [streams = 2_000, seconds = 60] = process.argv.slice(2).map(Number)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const provider = await startFaultyProvider()
const port = await freePort()
const proxy = fork(fileURLToPath(new URL('lib/proxy/watched-proxy.ts', import.meta.url)), {
  execArgv: ['--conditions=@millrace/source', '--expose-gc'],
  env: { ...process.env, PORT: `${port}`, UPSTREAM_PORT: `${provider.port}`, NODE_NO_WARNINGS: '1' },
})
await once(proxy, 'message')

async function holdings(): Promise<Holdings> {
  const answer = once(proxy, 'message')
  proxy.send('?')
  return (await answer)[0]
}

const outcomes: Outcome[] = []
let until = 0

/** One of those who are there at a time: when it is done another one comes. */
async function seat(): Promise<void> {
  while (performance.now() < until) {
    outcomes.push(await readRestlessly(port).catch((error): Outcome => ({ how: 'wrong', wrong: `${error}` })))
  }
}

async function crowd(seats: number, forSeconds: number): Promise<void> {
  until = performance.now() + forSeconds * 1_000
  const all: Promise<void>[] = []
  for (let n = 0; n < seats; n++) {
    all.push(seat())
    if (n % 20 === 19) await pause(10)
  }
  await Promise.all(all)
  // Who stayed away is given up, and what is kept is forgotten when somebody asks next.
  for (let n = 0; n < 3; n++) {
    await pause(3_000)
    await fetch(`http://127.0.0.1:${port}/v1/streams/${'0'.repeat(32)}`).then((answer) => answer.text())
  }
  await pause(1_000)
}

// The first crowd has the code compiled and the pools filled.
await crowd(streams, 5)
const before = await holdings()
outcomes.length = 0
await crowd(streams, seconds)
const after = await holdings()
proxy.kill()
provider.close()

const count = (how: Outcome['how']) => outcomes.filter((outcome) => outcome.how === how).length
const hows: Outcome['how'][] = ['whole', 'said why not', 'left', 'refused', 'wrong']
printTable(
  [`${streams} at a time for ${seconds} s`, 'streams'],
  hows.map((how) => [how, `${count(how)}`]),
)
printTable(
  ['held by the proxy', 'before', 'after'],
  [
    ['heap, MB', before.heapMB.toFixed(1), after.heapMB.toFixed(1)],
    ['descriptors', `${before.descriptors}`, `${after.descriptors}`],
  ],
)
for (const wrong of new Set(outcomes.flatMap(({ wrong = [] }) => wrong))) console.log(`wrong: ${wrong}`)
const isGood =
  count('wrong') === 0 && after.heapMB < before.heapMB * 1.1 + 2 && after.descriptors <= before.descriptors + 5
console.log(isGood ? 'No wrong byte, no leak.' : 'FAILED')
process.exit(isGood ? 0 : 1)
