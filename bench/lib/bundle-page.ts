import { build } from 'esbuild'

/** What an application would ship: the script and the style sheet of a page, in production. */
export async function bundlePage(entryPoint: string): Promise<[script: string, styles: string]> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    platform: 'browser',
    conditions: ['@millrace/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    outdir: 'out',
    logLevel: 'error',
  })
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return [textOf('.js'), textOf('.css')]
}
