import type { Cors } from '../cors.ts'
import { badRequest } from '../errors.ts'

/**
 * Refuses what a page of another site makes its visitor's browser send. Only cookies come along by themselves, so only
 * requests with cookies are in question.
 */
export function refuseForeignPages({ headers, url }: Request, cors: Cors): void {
  const origin = headers.get('origin')
  if (!headers.has('cookie') || origin === null || cors.isListed(origin)) return
  const site = headers.get('sec-fetch-site')
  // A browser that does not say leaves the names to be compared.
  const isOwn = site === null ? isSameHost(origin, headers.get('host') ?? new URL(url).host) : site === 'same-origin'
  if (!isOwn) throw badRequest(403, 'forbidden', 'This page may not ask here.')
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
