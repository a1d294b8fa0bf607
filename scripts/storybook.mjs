// `npm run storybook`: every component in every state, on a machine that has nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { install, root, workspaceEnv } from './lib/install.mjs'

install()
const config = ['--config-dir', 'apps/storybook/.storybook', '--port', '6006']
const quietly = ['--disable-telemetry', '--no-version-updates', '--no-open']
const { status } = spawnSync('storybook', ['dev', ...config, ...quietly, ...process.argv.slice(2)], {
  cwd: root,
  env: workspaceEnv,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
