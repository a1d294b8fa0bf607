import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = readdirSync(`${root}packages`).map((name) => `${root}packages/${name}`)

describe.each(folders.map((folder) => [folder.split('/').at(-1) ?? '', folder] as const))(
  'the package %s',
  (_, folder) => {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))

    it('is built', () => {
      const [entry = 'dist/index.js'] = Object.values<string>(manifest.bin ?? {})
      expect(existsSync(`${folder}/${entry}`), 'run `pnpm build` first').toBe(true)
    })

    it('passes publint', async () => {
      const { messages } = await publint({ pkgDir: folder, level: 'warning', strict: true, pack: 'npm' })
      expect(messages.map((message) => formatMessage(message, manifest))).toEqual([])
    })

    it('has types that resolve wherever it does, by attw', { timeout: 60_000 }, () => {
      const { status, stdout, stderr } = spawnSync(
        `${root}node_modules/.bin/attw`,
        [
          '--pack',
          folder,
          '--profile',
          'esm-only',
          '--exclude-entrypoints',
          'styles.css',
          'styles.unlayered.css',
          '--no-color',
          '--format',
          'ascii',
        ],
        { encoding: 'utf8' },
      )
      expect(status, stdout + stderr).toBe(0)
    })
  },
)

it('says "use client" first in every built file that React has to run in the browser', () => {
  const built = [
    'hooks/dist/react/use-streaming-chat.js',
    'hooks/dist/react/chat-provider.js',
    'markdown/dist/react/markdown.js',
    'markdown/dist/react/use-markdown-stream.js',
    'ui/dist/chat/chat.js',
  ]
  for (const file of built) expect(readFileSync(`${root}packages/${file}`, 'utf8')).toMatch(/^['"]use client['"]/)
})

it('has style sheets that Vite finds before anything is built, as it asks for no condition of ours there', () => {
  const sheet = readFileSync(`${root}packages/ui/src/styles.css`, 'utf8')
  const imports = [...sheet.matchAll(/@import '@millrace\/(\w+)\/(.+)'/g)]
  expect(imports).not.toEqual([])
  for (const [, name, subpath] of imports) {
    const { exports } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8'))
    expect(exports[`./${subpath}`]).toMatch(/^\.\/src\//)
  }
})
