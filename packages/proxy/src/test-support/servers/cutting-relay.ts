import { connect, createServer, type Socket } from 'node:net'

export interface CuttingRelay {
  readonly port: number
  /** How many connections it cut. */
  readonly cuts: number
  close(): Promise<void>
}

/**
 * Passes connections on to a port, and cuts each after so many bytes of answer.
 * @param cutAfter Asked for each connection; infinity for never.
 */
export async function startCuttingRelay(targetPort: number, cutAfter: () => number): Promise<CuttingRelay> {
  const sockets = new Set<Socket>()
  let cuts = 0
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    let left = cutAfter()
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        target.destroy()
      })
    }
    client.pipe(target)
    target.on('data', (bytes) => {
      client.write(bytes.subarray(0, Math.min(left, bytes.length)))
      left -= bytes.length
      if (left > 0) return
      cuts++
      client.resetAndDestroy()
    })
    target.on('end', () => client.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    get cuts() {
      return cuts
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
