import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
// Not among the real files, which another test may be packing, and the linter says nothing of what it gets as input.
const house = mkdtempSync(join(tmpdir(), 'millrace-layers-'))
copyFileSync(`${root}biome.json`, join(house, 'biome.json'))
afterAll(() => rmSync(house, { recursive: true }))

/** What the linter says of a file with that import, at that place. */
function lint(folder: string, specifier: string): string {
  const file = join(house, folder, 'imports-something.ts')
  mkdirSync(join(house, folder), { recursive: true })
  writeFileSync(file, `import * as something from '${specifier}'\n\nexport const used = something\n`)
  const { stdout, stderr } = spawnSync(
    `${root}node_modules/.bin/biome`,
    ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', file],
    { cwd: house, encoding: 'utf8' },
  )
  return stdout + stderr
}

const forbidden: [folder: string, specifier: string, why: string][] = [
  ['packages/core/src', '@millrace/hooks', 'core knows nothing of hooks'],
  ['packages/core/src', 'react', 'core knows no framework'],
  ['packages/core/src/sse', '../transport/http-transport.ts', 'framing knows nothing of the transport'],
  ['packages/core/src/wire', '../transport/http-transport.ts', 'wire formats know nothing of the transport'],
  ['packages/hooks/src', '@millrace/ui', 'hooks know nothing of components'],
  ['packages/hooks/src/store', 'react', 'the store knows no React'],
  ['packages/hooks/src/store', '../react/chat-provider.tsx', 'the store knows nothing of the hooks above it'],
  ['packages/markdown/src', '@millrace/core', 'markdown imports nothing of ours'],
  ['packages/markdown/src/parser', 'react', 'the parser knows no React'],
  ['packages/markdown/src/parser', '../react/markdown.tsx', 'the parser knows nothing of the renderer above it'],
  ['packages/ui/src', '@millrace/proxy', 'components know nothing of the proxy'],
  ['packages/proxy/src', '@millrace/hooks', 'the proxy knows nothing of React'],
  ['packages/testing/src', '@millrace/proxy', 'testing and proxy stand side by side'],
  ['apps/playground/src', '@millrace/core/src/errors.ts', 'a package is its exports'],
]

it.each(forbidden)('refuses in %s an import of %s: %s', (folder, specifier) => {
  expect(lint(folder, specifier)).toContain('See ARCHITECTURE.md')
})

it('lets a layer use the one below it', () => {
  const said = lint('packages/hooks/src', '@millrace/core')
  expect(said).toContain('Checked 1 file')
  expect(said).not.toContain('See ARCHITECTURE.md')
})
