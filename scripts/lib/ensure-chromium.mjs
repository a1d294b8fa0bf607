import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { root, workspaceEnv } from './install.mjs'

/** Sees to it that the tests find a browser: one that is there, else one that this machine lets us install. */
export async function ensureChromium() {
  // Not there before the dependencies are.
  const { findChromium } = await import('./chromium.mjs')
  if (isFound(findChromium)) return
  console.log('Installing Chromium for the tests (once) …')
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (isDebianRoot) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  if (!isFound(findChromium)) run('npx', ['playwright-core', 'install', 'chromium-headless-shell', 'chromium'])
  if (isFound(findChromium)) return
  try {
    findChromium()
  } catch (error) {
    console.error(error.message)
    console.log('tests: 0 passed, 1 failed, 0 skipped')
    process.exit(1)
  }
}

/** @param {() => string} find */
function isFound(find) {
  try {
    return Boolean(find())
  } catch {
    return false
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const env = { ...workspaceEnv, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
}
