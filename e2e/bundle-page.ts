import { build } from 'vite'

export interface PageBundle {
  readonly script: string
  readonly styles: string
}

/** A page's script and style sheet, from the sources, as an application would build them. */
export async function bundlePage(entry: string): Promise<PageBundle> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    // Vitest has set another NODE_ENV, and React would be in development.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['@millrace/source', 'module', 'browser', 'import'] },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'page' } },
  })
  const [built] = Array.isArray(result) ? result : [result]
  const files = built && 'output' in built ? built.output : []
  const script = files.flatMap((file) => (file.type === 'chunk' ? file.code : []))[0]
  const sheet = files.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'))
  if (script === undefined) throw new Error('The page was not built.')
  return { script, styles: sheet && 'source' in sheet ? String(sheet.source) : '' }
}
