import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

// Node's default of 511 loses connections when thousands arrive at once.
const backlog = 4096

/**
 * Resolves to the port, which differs from the one asked for where that is 0.
 * @throws an Error that says what to do about it.
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, port)))
    // A server that listens on a port has an address of that kind.
    server.listen({ port, host, backlog }, () => resolve((server.address() as AddressInfo).port))
  })
}

/** What a person can do about a port that cannot be had. */
export function explainListenError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new Error(`Port ${port} is taken. Name another one with --port, or 0 for any.`)
  if (code === 'EACCES') return new Error(`Port ${port} may not be used by this user. Name one above 1023 with --port.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error('The address of --host is none of this machine.')
  return error
}
