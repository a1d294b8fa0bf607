import type { ProxyError } from '../../errors.ts'
import type { ReplySource } from '../reply-streams.ts'

export interface ScriptedSource extends ReplySource {
  say(...events: string[]): void
  end(outcome?: 'done' | 'error'): void
  readonly cancelledFor: ProxyError | undefined
  /** How often it was asked for more. */
  readonly reads: number
}

/** A reply that says what the test tells it to, when the test tells it to. */
export function scriptedSource(): ScriptedSource {
  const said: (readonly string[])[] = []
  let outcome: 'done' | 'error' = 'error'
  let isOver = false
  let reads = 0
  let cancelledFor: ProxyError | undefined
  let wake = () => {}
  return {
    async read() {
      reads++
      while (said.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return said.shift()
    },
    get outcome() {
      return outcome
    },
    cancel(reason) {
      cancelledFor ??= reason
      said.length = 0
      isOver = true
      wake()
    },
    say(...events) {
      said.push(events)
      wake()
    },
    end(how = 'done') {
      outcome = how
      isOver = true
      wake()
    },
    get cancelledFor() {
      return cancelledFor
    },
    get reads() {
      return reads
    },
  }
}
