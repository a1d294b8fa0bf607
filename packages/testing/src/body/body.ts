import type { Move } from './schedule.ts'

/** How a body came to its end: all of it sent, the client gone, or the connection broken on purpose. */
export type Outcome = 'sent' | 'cancelled' | 'broken'

/** The connection was lost on purpose: what a fetch fails with where its server disappears. */
export class ConnectionLost extends TypeError {
  override readonly name = 'ConnectionLost'
}

export interface BodyOptions {
  /** Breaks the body off, as aborting a fetch does. */
  readonly signal?: AbortSignal | undefined
  /** Called once. */
  readonly onEnd: (outcome: Outcome) => void
}

/**
 * A body that makes its moves in time. Waits are measured from the start, so a late timer does not slow the rest down.
 * No timer outlives the body.
 */
export function createBody(moves: Iterator<Move>, { signal, onEnd }: BodyOptions): ReadableStream<Uint8Array> {
  let next = moves.next()
  let dueAt = performance.now()
  let ended = false
  // Ends the wait under way, before its time if need be.
  let wake = () => {}
  let onAbort = () => {}

  function end(outcome: Outcome): void {
    if (ended) return
    ended = true
    wake()
    signal?.removeEventListener('abort', onAbort)
    onEnd(outcome)
  }

  function wait(ms: number): Promise<void> {
    dueAt += ms
    const remainingMs = dueAt - performance.now()
    if (ms === 0 || remainingMs <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, remainingMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const hang = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })

  return new ReadableStream<Uint8Array>({
    start(controller) {
      onAbort = () => {
        controller.error(signal?.reason)
        end('cancelled')
      }
      if (signal?.aborted) return onAbort()
      signal?.addEventListener('abort', onAbort, { once: true })
      if (!next.done) return
      controller.close()
      end('sent')
    },
    async pull(controller) {
      if (next.done) return
      const move = next.value
      await wait(move.waitMs)
      if (move.type === 'hang' && !ended) await hang()
      if (ended) return
      if (move.type === 'break') {
        controller.error(new ConnectionLost('The connection was lost.'))
        return end('broken')
      }
      if (move.type === 'bytes') controller.enqueue(move.bytes)
      next = moves.next()
      // Closed with its last bytes: a client that leaves once it has read them has not cancelled anything.
      if (!next.done) return
      controller.close()
      end('sent')
    },
    cancel: () => end('cancelled'),
  })
}
