import { createHash } from 'node:crypto'
import { LogUnavailable } from '../stream-log.ts'
import type { RedisConnection } from './redis-connection.ts'

/** Commands that answer in time or fail. */
export interface RedisCommands {
  /** Runs a script on the two keys of a stream. */
  run(script: string, streamId: string, args: readonly (string | number)[]): Promise<unknown>
  remove(streamId: string): Promise<void>
}

export interface RedisNames {
  readonly meta: (streamId: string) => string
  readonly log: (streamId: string) => string
  readonly channel: (streamId: string) => string
  /** Up to the name of a replica. */
  readonly control: string
}

export function namesWith(prefix: string): RedisNames {
  return {
    meta: (streamId) => `${prefix}:{${streamId}}:meta`,
    log: (streamId) => `${prefix}:{${streamId}}:log`,
    channel: (streamId) => `${prefix}:{${streamId}}:events`,
    control: `${prefix}:control:`,
  }
}

export function createCommands(
  connection: Promise<RedisConnection>,
  names: RedisNames,
  timeoutMs: number,
): RedisCommands {
  const hashes = new Map<string, string>()

  function hashOf(script: string): string {
    const known = hashes.get(script)
    if (known) return known
    const hash = createHash('sha1').update(script).digest('hex')
    hashes.set(script, hash)
    return hash
  }

  async function send(key: string, args: readonly string[]): Promise<unknown> {
    return (await connection).sendTo(key, args)
  }

  async function evaluate(script: string, streamId: string, args: readonly (string | number)[]): Promise<unknown> {
    const key = names.meta(streamId)
    const rest = ['2', key, names.log(streamId), ...args.map(String)]
    try {
      return await send(key, ['EVALSHA', hashOf(script), ...rest])
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return send(key, ['EVAL', script, ...rest])
    }
  }

  return {
    run: (script, streamId, args) => inTime(evaluate(script, streamId, args), timeoutMs),
    async remove(streamId) {
      await inTime(send(names.meta(streamId), ['DEL', names.meta(streamId), names.log(streamId)]), timeoutMs)
    },
  }
}

async function inTime<Answer>(answer: Promise<Answer>, timeoutMs: number): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LogUnavailable(`Redis did not answer within ${timeoutMs} ms.`)), timeoutMs)
  })
  try {
    return await Promise.race([answer, timeout])
  } catch (cause) {
    throw cause instanceof LogUnavailable ? cause : new LogUnavailable('Redis cannot be reached.', { cause })
  } finally {
    clearTimeout(timer)
  }
}
