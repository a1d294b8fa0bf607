// `npm test`: installs, builds, checks types and style, and runs every test there is, those in Chromium included.
// Words after `--` go to Vitest: `npm test -- --project node packages/core`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './lib/ensure-chromium.mjs'
import { install, root, workspaceEnv } from './lib/install.mjs'

install()
await ensureChromium()

const words = process.argv.slice(2)
const failures = []
const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'))
const results = join(folder, 'results.json')

run('The build', 'npx', ['-y', 'pnpm@12', '--reporter=silent', '-r', '--filter', './packages/*', 'run', 'build'])
// Together with its own tests, the project `types` checks all that is there.
if (words.length > 0) run('The type check', 'tsc', ['--noEmit'])
run('The linter', 'biome', ['ci', '.'])
run('The tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...words])

const { passed, failed, skipped, reasons } = readCounts()
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) console.log(`${failure} failed. See above.`)
for (const [reason, count] of reasons) console.log(`${count} skipped: ${reason}`)
console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failures.length > 0 || failed > 0 ? 1 : 0)

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 */
function run(name, command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: workspaceEnv,
    stdio: 'inherit',
    // The tools are scripts there, which only a shell can run.
    shell: process.platform === 'win32',
  })
  if (status !== 0) failures.push(name)
}

/** A file that could not even be loaded holds no test, and has failed all the same. */
function readCounts() {
  try {
    const report = JSON.parse(readFileSync(results, 'utf8'))
    const broken = report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    )
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      reasons: reasonsIn(report),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0, reasons: [] }
  }
}

/** Why tests were skipped, as their names say it, and how many for each reason. */
function reasonsIn({ testResults }) {
  const reasons = new Map()
  for (const { status, fullName } of testResults.flatMap((file) => file.assertionResults)) {
    if (status === 'passed' || status === 'failed') continue
    for (const [, reason] of fullName.matchAll(/\(skipped: ([^)]*)\)/g))
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return reasons
}
