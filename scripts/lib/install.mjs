// Runs on whatever Node there is, before anything is installed: plain JavaScript, and nothing but Node in its imports.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestNode = 20
const isWindows = process.platform === 'win32'

/** Where the repository is. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

// Errors are printed in spite of `silent`. The last one: nobody is asked before a stale node_modules is replaced.
const installCommand = [
  '-y',
  'pnpm@12',
  'install',
  '--frozen-lockfile',
  '--reporter=silent',
  '--config.confirm-modules-purge=false',
]

const bin = join(root, 'node_modules', '.bin')

/** The Node that scripts run on, brought by the workspace itself. There after `install()`. */
export const workspaceNode = isWindows
  ? join(root, 'node_modules', 'node', 'bin', 'node.exe')
  : join(root, 'node_modules', 'node', 'bin', 'node')

// With `production` the tools that build and serve would not be installed, and tests would get the wrong React.
const { NODE_ENV, ...env } = process.env

/** The environment for the workspace's tools: they come first, so `node` and `vite` are its own. */
export const workspaceEnv = withFirstInPath(env, bin)

/** Installs the dependencies if they are missing or older than the lockfile. Ends the process where that fails. */
export function install() {
  const [major] = process.versions.node.split('.')
  if (Number(major) < oldestNode) {
    fail(
      `Millrace needs Node ${oldestNode} or newer, and this is ${process.versions.node}. Get it from https://nodejs.org`,
    )
  }
  if (isInstalled()) return
  console.log('Installing the dependencies (once; a minute or so) …')
  const { status, error } = spawnSync('npx', installCommand, {
    cwd: root,
    env,
    stdio: 'inherit',
    // npx is a script there, which only a shell can run.
    shell: isWindows,
  })
  if (error) fail(`npx could not be run (${error.message}). Is npm installed?`)
  if (status !== 0) fail('The dependencies could not be installed. See above; is this machine online?')
}

// pnpm writes this file at the end of each install, so one that was interrupted counts as none.
function isInstalled() {
  const state = join(root, 'node_modules', '.pnpm-workspace-state-v1.json')
  if (!existsSync(state) || !existsSync(workspaceNode)) return false
  return statSync(state).mtimeMs >= statSync(join(root, 'pnpm-lock.yaml')).mtimeMs
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 */
function withFirstInPath(env, folder) {
  // Windows spells it `Path`, and two spellings side by side would shadow each other.
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...env, [name]: [folder, env[name]].filter(Boolean).join(delimiter) }
}

/** @param {string} message */
function fail(message) {
  console.error(message)
  process.exit(1)
}
