// `pnpm fuzz [runs]`: the long run of the fuzz tests, 100,000 spoilt streams unless another number is given.
import { spawnSync } from 'node:child_process'
import { install, root, workspaceEnv } from './lib/install.mjs'

install()
const { status } = spawnSync('vitest', ['run', '--project', 'node', 'packages/testing/src/fuzz.test.ts'], {
  cwd: root,
  env: { ...workspaceEnv, MILLRACE_FUZZ_RUNS: process.argv[2] ?? '100000' },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
