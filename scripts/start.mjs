// `npm start`: the playground on localhost, on a machine that has nothing but Node and npm.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install, root, workspaceEnv, workspaceNode } from './lib/install.mjs'

install()

const playground = spawn(workspaceNode, ['--conditions=@millrace/source', 'server/main.ts', ...process.argv.slice(2)], {
  cwd: join(root, 'apps', 'playground'),
  env: workspaceEnv,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})

// Ctrl-C in a terminal reaches both; a `kill` reaches this one alone and is passed on. Should this one be killed
// outright, the channel between them closes, and the playground ends by that.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => playground.kill(signal))
playground.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
playground.on('error', (error) => {
  console.error(`The playground could not be started: ${error.message}`)
  process.exit(1)
})
