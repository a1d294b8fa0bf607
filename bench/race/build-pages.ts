// Builds the pages that race, each into a folder of its own, as an application would ship them.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const pages = join(import.meta.dirname, 'pages')

/** @param minify Off, a profile names the functions and says which files they are from. */
export async function buildPage(name: string, folder: string, { minify = true } = {}): Promise<void> {
  const outdir = join(folder, name)
  await mkdir(outdir, { recursive: true })
  await build({
    entryPoints: {
      page: join(pages, name, name === 'floor' ? 'main.ts' : 'main.tsx'),
      ...(name === 'millrace-highlighted' && { worker: join(pages, name, 'worker.ts') }),
    },
    bundle: true,
    splitting: true,
    minify,
    format: 'esm',
    jsx: 'automatic',
    platform: 'browser',
    conditions: ['@millrace/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir,
    chunkNames: 'assets/[name]-[hash]',
    logLevel: 'error',
  })
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
  const files = '<link rel="stylesheet" href="page.css"><script type="module" src="page.js"></script>'
  await writeFile(
    join(outdir, 'index.html'),
    `<!doctype html><html lang="en"><head>${head}<title>${name}</title></head><body>${files}</body></html>`,
  )
}
