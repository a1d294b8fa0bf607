// Who stays smooth? Chats in Chromium, on the same answers: see the README beside this folder.
import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage } from './build-pages.ts'
import { failuresOf, printResults, type Result } from './report.ts'
import { runOnce } from './run-once.ts'
import { type ScenarioName, scenarios } from './scenarios.ts'

const contenders = ['floor', 'millrace', 'millrace-highlighted', 'ai-sdk-react-markdown', 'ai-sdk-streamdown']

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: contenders.join(',') },
    scenarios: { type: 'string', default: Object.keys(scenarios).join(',') },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '2' },
    profile: { type: 'boolean', default: false },
  },
})
const names = chosen(values.only, contenders)
const scenarioNames = chosen(values.scenarios, Object.keys(scenarios)) as ScenarioName[]
const rounds = values.profile ? 1 : Number(values.rounds)

function chosen(list: string, known: readonly string[]): string[] {
  const words = list.split(',')
  const unknown = words.find((word) => !known.includes(word))
  if (unknown !== undefined) throw new Error(`There is no ${unknown} here. Choose from ${known.join(', ')}.`)
  return words
}

async function startServer(folder: string) {
  const server = fork(join(import.meta.dirname, 'server.ts'), [folder], { execArgv: ['--conditions=@millrace/source'] })
  const port = await new Promise((resolve) => server.once('message', resolve))
  return { url: `http://127.0.0.1:${port}`, stop: () => server.disconnect() }
}

const folder = await mkdtemp(join(tmpdir(), 'millrace-race-pages-'))
const results: Result[] = []
try {
  for (const name of names) await buildPage(name, folder, { minify: !values.profile })
  const server = await startServer(folder)
  for (let round = 0; round < rounds; round++) {
    for (const scenario of scenarioNames) {
      // In another order each round, so that what the machine does meanwhile meets all of them.
      const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)]
      for (const name of order) {
        const options = { server: server.url, page: name, scenario: scenarios[scenario], seed: Number(values.seed) }
        const { profile, ...run } = await runOnce({ ...options, profile: values.profile })
        results.push({ name, scenario, run })
        const load = loadavg()[0]?.toFixed(1)
        console.error(`${scenario} ${name}: ${run.fault ?? `${run.cpuMs.toFixed(0)} ms`}, load ${load}`)
        if (profile) {
          const file = join(tmpdir(), `${name}-${scenario}.cpuprofile`)
          await writeFile(file, JSON.stringify(profile))
          console.error(`Profile: ${file}`)
        }
      }
    }
  }
  server.stop()
} finally {
  await rm(folder, { recursive: true, force: true })
}

printResults(results)
const failures = rounds > 1 ? failuresOf(results) : []
for (const failure of failures) console.error(failure)
process.exitCode = failures.length > 0 ? 1 : 0
