import type { Authenticate } from './identity.ts'

/**
 * Lets in this machine and its pages. It goes by the address at the other end of the connection; where the platform
 * does not tell that, by the address that was asked. Whoever comes through another proxy may come from anywhere.
 */
export const localOnly: Authenticate = (request, { remoteAddress }) => {
  const { headers, url } = request
  if (passedOn.some((name) => headers.has(name))) return undefined
  const isLocalCaller = remoteAddress === undefined || isLoopback(remoteAddress)
  // A page elsewhere can point a name of its own at 127.0.0.1: then the host is that name.
  const isLocalName = isLoopbackURL(url) && (!headers.has('host') || isLoopbackURL(`http://${headers.get('host')}`))
  const origin = headers.get('origin')
  const isLocalPage = origin === null || isLoopbackURL(origin)
  return isLocalCaller && isLocalName && isLocalPage ? { id: 'local' } : undefined
}

// What proxies say of those they speak for.
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip']

/** Whether a host name or an address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|(?:::ffff:)?127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

function isLoopbackURL(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}
