// `pnpm replicas [runs] [kills]`: the long run of two replicas behind nginx, with clients that come and go and replicas that
// are killed; 100 times 10,000 events and 20 kills unless other numbers are given. Needs nginx and redis-server.
import { spawnSync } from 'node:child_process'
import { install, root, workspaceEnv } from './lib/install.mjs'

install()
const [runs = '100', kills = '20'] = process.argv.slice(2)
const { status } = spawnSync('vitest', ['run', '--project', 'node', 'packages/proxy/src/log/two-replicas.test.ts'], {
  cwd: root,
  env: { ...workspaceEnv, MILLRACE_REPLICA_RUNS: runs, MILLRACE_REPLICA_KILLS: kills },
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
