import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

// Each bundles some twenty entries in a process of its own: 3 s on two idle cores, and several times that on busy ones.
// The packages are built before the tests are run, so `--dist` measures what would be published.
it.each([
  ['from its sources', []],
  ['as it is published', ['--dist']],
])('keeps each within its limit, and Composer without what it does not need, %s', { timeout: 60_000 }, (_, options) => {
  const { status, stdout, stderr } = spawnSync(
    `${root}node_modules/.bin/node`,
    ['--conditions=@millrace/source', 'size.ts', ...options],
    { cwd: `${root}bench`, encoding: 'utf8' },
  )
  expect(status, stdout + stderr).toBe(0)
})
