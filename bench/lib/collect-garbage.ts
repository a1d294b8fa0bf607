import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc: (options: { type: 'minor' }) => void = runInNewContext('gc')

/**
 * Between two measurements, so that neither pays for what the other left behind. Young objects alone: a collection of
 * all of them takes compiled code along, and what comes next would be timed while it is compiled again.
 */
export function collectGarbage(): void {
  gc({ type: 'minor' })
}
