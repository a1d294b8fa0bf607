import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const portsTried = 20

/**
 * Listens on this machine alone, at the port asked for or the next one that is free, and returns it. `localhost` may
 * mean 127.0.0.1 or ::1, and a browser picks: both are listened on, so that nobody else answers at one of them.
 * @throws what `listen` fails with, or an Error where none of the ports is free.
 */
export async function listenLocally(server: Server, port: number): Promise<number> {
  for (let candidate = port; candidate <= port + portsTried; candidate++) {
    const found = await tryPort(server, candidate)
    if (found) return found
  }
  throw new Error(`None of the ports ${port} to ${port + portsTried} is free. Name another one: PORT=8080 npm start`)
}

async function tryPort(server: Server, port: number): Promise<number | undefined> {
  if (await listen(server, port, '127.0.0.1')) return undefined
  const { port: found } = server.address() as AddressInfo // that of a server that listens on a port
  const twin = twinOf(server)
  const code = await listen(twin, found, '::1')
  if (code !== 'EADDRINUSE') return found
  await new Promise((resolve) => server.close(resolve))
  return undefined
}

/** Takes the connections of a second address to the same listeners. */
function twinOf(server: Server): Server {
  const twin = createServer()
  twin.on('request', (req, res) => server.emit('request', req, res))
  twin.on('upgrade', (req, socket, head) => server.emit('upgrade', req, socket, head))
  server.once('close', () => {
    twin.close()
    twin.closeAllConnections()
  })
  return twin
}

/** Returns the code of the error that says the address cannot be had: it is taken, or this machine has none such. */
function listen(server: Server, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE' || host === '::1') resolve(error.code)
      else reject(error)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(undefined)
    }
    server.once('error', onError).once('listening', onListening).listen(port, host)
  })
}
