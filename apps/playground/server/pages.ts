import { existsSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'

/** What serves the page and its files. */
export interface Pages {
  serve(req: IncomingMessage, res: ServerResponse): void
  close(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** The sources, through Vite: an edit shows at once. */
export async function devPages(server: Server): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({ root, logLevel: 'warn', server: { middlewareMode: true, hmr: { server } } })
  return { serve: (req, res) => vite.middlewares(req, res, () => notFound(res)), close: () => vite.close() }
}

/** What `vite build` made. */
export async function builtPages(): Promise<Pages> {
  const folder = fileURLToPath(new URL('../dist', import.meta.url))
  if (!existsSync(folder)) throw new Error('There is no build yet: run `pnpm build` first.')
  const { default: sirv } = await import('sirv')
  const files = sirv(folder, { etag: true })
  return { serve: (req, res) => files(req, res, () => notFound(res)), close: async () => {} }
}

function notFound(res: ServerResponse): void {
  res.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing at this address.')
}
