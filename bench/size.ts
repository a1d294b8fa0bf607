// How many bytes does a page pay for what it imports?
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Metafile, type OutputFile } from 'esbuild'
import { printTable } from './lib/table.ts'

interface Entry {
  readonly name: string
  readonly code: string
  /** Most bytes it may have, minified and compressed: what it has, rounded up, so that it does not grow unnoticed. */
  readonly limit?: number
  /** What it is to have one day. */
  readonly aim?: number
  /** What the page has anyway: its bytes do not count. */
  readonly beyond?: Entry
  /** What it may not bring along: files by their paths from the package on. */
  readonly without?: RegExp
}

const hook: Entry = {
  name: 'useStreamingChat',
  code: `export { useStreamingChat } from '@millrace/hooks'`,
  limit: 14_200,
  aim: 12_000,
}

const entries: readonly Entry[] = [
  hook,
  { name: 'all of hooks', code: `export * from '@millrace/hooks'` },
  { name: 'createChat, without React', code: `export { createChat } from '@millrace/hooks/store'` },
  { name: 'useStreamingChat, resumable', code: `export { resumable, useStreamingChat } from '@millrace/hooks'` },
  {
    name: 'saved threads, beyond the hook',
    code: `export { createThreads, indexedDBStorage, useStreamingChat, useThreads } from '@millrace/hooks'`,
    limit: 4_000,
    beyond: hook,
  },
  { name: 'readReply', code: `export { readReply } from '@millrace/core'` },
  { name: 'createSseDecoder', code: `export { createSseDecoder } from '@millrace/core/sse'` },
  { name: 'Markdown', code: `export { Markdown } from '@millrace/markdown'`, limit: 19_200, aim: 14_000 },
  { name: 'createMarkdownStream, without React', code: `export { createMarkdownStream } from '@millrace/markdown'` },
  { name: 'Chat', code: `export { Chat } from '@millrace/ui'`, limit: 60_000, aim: 45_000 },
  { name: 'ThreadList', code: `export { ThreadList } from '@millrace/ui'` },
  { name: 'ExportMenu', code: `export { ExportMenu } from '@millrace/ui'` },
  {
    name: 'Composer',
    code: `export { Composer } from '@millrace/ui'`,
    limit: 5_100,
    // Neither what reads answers, nor what asks for them, nor what it can do more by import.
    without:
      /^markdown\/|create-chat|^core\/\w+\/(wire|transport|sse)\/|^ui\/\w+\/(thread|prose|completions|budget|voice)\//,
  },
  {
    name: 'all that a Composer can do more',
    code: `export { attachments, BudgetGuard, Completions, Composer, createBudget, mentions, SavedDrafts, SendEstimate, slashCommands, VoiceInput } from '@millrace/ui'`,
  },
  { name: 'createTheme', code: `export { createTheme } from '@millrace/ui'` },
  { name: 'ShortcutsDialog', code: `export { ShortcutsDialog } from '@millrace/ui'` },
  { name: 'WireInspector', code: `export { createInspector, WireInspector } from '@millrace/ui'` },
  { name: 'styles.css of ui', code: `import '@millrace/ui/styles.css'`, limit: 15_000 },
  { name: 'createProxy', code: `export { createProxy } from '@millrace/proxy'` },
]

interface Bundle {
  readonly files: readonly OutputFile[]
  readonly metafile: Metafile
}

// What a bundler does for production. React is there anyway.
const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  define: { 'process.env.NODE_ENV': '"production"' },
  external: ['react', 'react-dom', 'react/jsx-runtime'],
  metafile: true,
  write: false,
  outdir: 'out',
  logLevel: 'error',
} as const satisfies BuildOptions

async function bundle(code: string, conditions: readonly string[]): Promise<Bundle> {
  const stdin = { contents: code, resolveDir: import.meta.dirname }
  const { outputFiles, metafile } = await build({ ...options, stdin, conditions: [...conditions] })
  // An entry that imports nothing but CSS leaves an empty script behind.
  return { files: outputFiles.filter(({ contents }) => contents.length > 0), metafile }
}

const minified = ({ files }: Bundle) => files.reduce((sum, { contents }) => sum + contents.length, 0)
const compressed = ({ files }: Bundle) =>
  files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
const bytes = (count: number) => count.toLocaleString('en')

async function measure(title: string, conditions: readonly string[]): Promise<string[]> {
  const results = await Promise.all(entries.map((entry) => measured(entry, conditions)))
  console.log(`${title}: bytes\n`)
  printTable(
    ['', 'minified', 'and gzip -9', 'limit', 'aim'],
    results.map(({ name, minifiedSize, size, limit, aim }) => [
      name,
      bytes(minifiedSize),
      bytes(size),
      limit ? bytes(limit) : '',
      aim ? bytes(aim) : '',
    ]),
  )
  console.log()
  const tooLarge = results
    .filter(({ limit = Number.POSITIVE_INFINITY, size }) => size > limit)
    .map(({ name, size, limit = 0 }) => `${name} has ${bytes(size)} bytes, ${bytes(size - limit)} over its limit.`)
  const tooMuch = results
    .filter(({ broughtAlong }) => broughtAlong.length > 0)
    .map(({ name, broughtAlong }) => `${name} holds ${broughtAlong.join(', ')}.`)
  return [...tooLarge, ...tooMuch]
}

interface Result extends Entry {
  readonly minifiedSize: number
  readonly size: number
  readonly broughtAlong: readonly string[]
}

async function measured(entry: Entry, conditions: readonly string[]): Promise<Result> {
  const built = await bundle(entry.code, conditions)
  const before = entry.beyond ? await measured(entry.beyond, conditions) : { minifiedSize: 0, size: 0 }
  return {
    ...entry,
    minifiedSize: minified(built) - before.minifiedSize,
    size: compressed(built) - before.size,
    broughtAlong: contentsOf(built)
      .map(([path]) => path)
      .filter((path) => entry.without?.test(path)),
  }
}

/** Where the bytes of the hook come from, the biggest first. */
async function printContributors(): Promise<void> {
  const rows = [...contentsOf(await bundle(hook.code, ['@millrace/source']))].sort(([, a], [, b]) => b - a)
  const total = rows.reduce((sum, [, size]) => sum + size, 0)
  console.log(`${hook.name} by file: bytes minified\n`)
  printTable(
    ['', 'bytes', 'share'],
    rows.map(([path, size]) => [path, bytes(size), `${((100 * size) / total).toFixed(1)}%`]),
  )
}

/** The files that a bundle holds something of, and how many bytes of each. */
function contentsOf({ metafile }: Bundle): readonly (readonly [path: string, bytes: number])[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  return inputs
    .map(([path, { bytesInOutput }]) => [shortened(path), bytesInOutput] as const)
    .filter(([, size]) => size > 0)
}

/** From the package on: `core/src/errors.ts`, `zustand/esm/vanilla.mjs`. */
function shortened(path: string): string {
  return path.replace(/^.*(?:node_modules|packages)\//, '')
}

const failures = await measure('From the sources', ['@millrace/source'])
if (process.argv.includes('--dist')) failures.push(...(await measure('From dist, as published', [])))
await printContributors()
for (const failure of failures) console.error(`\nToo large. ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
