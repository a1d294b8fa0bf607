// Builds the pages that race, each into a folder of its own, as an application would ship them: with Vite.
import { join } from 'node:path'
import { build, defaultClientConditions } from 'vite'

const pages = join(import.meta.dirname, 'pages')

/** @param minify Off, a profile names the functions and says which files they are from. */
export async function buildPage(name: string, folder: string, { minify = true } = {}): Promise<void> {
  await build({
    configFile: false,
    root: join(pages, name),
    base: './',
    logLevel: 'error',
    resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: { outDir: join(folder, name), emptyOutDir: true, target: 'esnext', minify, chunkSizeWarningLimit: 1e6 },
  })
}
