import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

it('compiles as strictly as TypeScript can, with the declarations as they are built', { timeout: 60_000 }, () => {
  const strictly = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false']
  const asBundlersDo = ['--module', 'esnext', '--moduleResolution', 'bundler', '--jsx', 'react-jsx', '--types', '']
  const inBrowsers = ['--target', 'es2022', '--lib', 'es2023,dom,dom.iterable,dom.asynciterable']
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      `${root}node_modules/typescript/bin/tsc`,
      '--ignoreConfig',
      '--noEmit',
      ...strictly,
      ...asBundlersDo,
      ...inBrowsers,
      'src/app.tsx',
    ],
    { cwd: `${root}examples/tools-and-approval`, encoding: 'utf8' },
  )
  expect(status, `${stdout}\nHas the workspace been built? pnpm build`).toBe(0)
})
