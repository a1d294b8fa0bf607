import type { Observe, RequestRecord } from './record.ts'

/** Writes a line of JSON for each request that ended. Prompts, answers, keys and addresses are not in it. */
export function jsonLines(write: (line: string) => void): Observe {
  return () => (record) => write(`${JSON.stringify(lineOf(record))}\n`)
}

function lineOf({ startedAt, endedAt, ...rest }: RequestRecord) {
  return { time: new Date(startedAt).toISOString(), durationMs: endedAt - startedAt, ...rest }
}
