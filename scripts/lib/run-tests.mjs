import { spawnSync } from 'node:child_process'
import { install, root, workspaceEnv } from './install.mjs'

/** Installs what is missing, runs these test files in Node with these variables set, and ends as they end. */
export function runTests(files, variables) {
  install()
  const { status } = spawnSync('vitest', ['run', '--project', 'node', ...files], {
    cwd: root,
    env: { ...workspaceEnv, ...variables },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exit(status ?? 1)
}
