// `pnpm kills [runs]`: the long run of the kill tests, 200 pages that go away in the middle of a reply unless another
// number is given.
import { spawnSync } from 'node:child_process'
import { install, root, workspaceEnv } from './lib/install.mjs'

install()
const { status } = spawnSync('vitest', ['run', '--project', 'e2e', 'e2e/persistence.e2e.test.ts'], {
  cwd: root,
  env: { ...workspaceEnv, MILLRACE_KILLS: process.argv[2] ?? '200' },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
