import type { Caller } from './identity.ts'

/**
 * Who is at the other end, by what the platforms give a fetch handler beside the request: ours on Node, Hono's adapter
 * its `incoming`, Deno `remoteAddr`, Bun its server.
 */
export function callerOf(request: Request, context: unknown): Caller {
  return { remoteAddress: remoteAddressOf(request, context) }
}

function remoteAddressOf(request: Request, context: unknown): string | undefined {
  if (typeof context !== 'object' || context === null) return undefined
  if ('remoteAddress' in context) return textOf(context.remoteAddress)
  if ('incoming' in context) return textOf(property(property(context.incoming, 'socket'), 'remoteAddress'))
  if ('remoteAddr' in context) return textOf(property(context.remoteAddr, 'hostname'))
  if ('requestIP' in context && typeof context.requestIP === 'function') {
    return textOf(property(context.requestIP(request), 'address'))
  }
  return undefined
}

/**
 * The address a request came from: that of the connection, or what the proxies in front say, as far as they are one's
 * own. Each adds whom it saw to the end of `x-forwarded-for`; what stands before that anybody may have written.
 */
export function clientAddress(
  { headers }: Request,
  { remoteAddress }: Caller,
  proxiesInFront: number,
): string | undefined {
  if (proxiesInFront === 0) return remoteAddress
  const seen = (headers.get('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
  return seen.at(-proxiesInFront) || remoteAddress
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined
}
