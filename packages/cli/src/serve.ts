import { createServer, type Server } from 'node:http'
import { createProxy, jsonLines, type ProxyOptions } from '@millrace/proxy'
import type { RedisClient } from '@millrace/proxy/limits'
import { nodeFetch, toNodeHandler } from '@millrace/proxy/node'
import type { Context } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { untilStopped } from './interrupt.ts'
import { listen } from './listen.ts'
import { parsePort } from './parse-number.ts'
import { descriptorWarning, maxOpenFiles } from './serve/descriptors.ts'
import { readAuth } from './serve/read-auth.ts'
import { readProxyOptions } from './serve/read-options.ts'
import { connectForLimits } from './serve/redis.ts'
import { readVariables, splitList, type Variables } from './serve/variables.ts'
import { chooseTarget, type Target, type TargetFlags } from './target.ts'
import { orUsageError, UsageError } from './usage-error.ts'

export interface ServeFlags extends TargetFlags {
  readonly port?: number
  readonly host?: string
  readonly insecure: boolean
}

const usualDrainMs = 60_000
// How long what was said last may take to reach its clients.
const lastBytesMs = 2_000

/** Runs the proxy until it is stopped; what is on its way then may still end. */
export async function serveProxy(context: Context, flags: ServeFlags): Promise<ExitCode> {
  const variables = readVariables(context.process.env)
  const redisURL = variables.secret('REDIS_URL')
  const redis = redisURL === undefined ? undefined : await connectForLimits(redisURL)
  try {
    return await serveWith(context, flags, variables, redis?.client)
  } finally {
    // It would keep alive a process that could not even start.
    redis?.close()
  }
}

async function serveWith(
  { process, fetch, signals }: Context,
  flags: ServeFlags,
  variables: Variables,
  redis: RedisClient | undefined,
): Promise<ExitCode> {
  const host = flags.host ?? variables.text('HOST') ?? '127.0.0.1'
  const port = flags.port ?? readPort(variables)
  const drainMs = variables.number('DRAIN_MS') ?? usualDrainMs
  const authenticate = readAuth(variables, { host, isInsecure: flags.insecure })
  const target = chooseServeTarget(flags, process.env, variables)
  const writesLines =
    (variables.oneOf('LOG', ['json', 'off']) ?? (process.stdout.isTerminal ? 'off' : 'json')) === 'json'
  const options = readProxyOptions(variables, { target, authenticate, isInsecure: flags.insecure, redis })
  const proxy = createServed({
    ...options,
    // The platform's own costs a stream twice as much.
    fetch: fetch === globalThis.fetch ? nodeFetch : fetch,
    observe: writesLines ? [jsonLines((line) => void process.stdout.write(line))] : [],
  })

  const server = createServer(toNodeHandler(proxy))
  const boundPort = await listen(server, port, host).catch((error: unknown) => {
    proxy.close()
    throw error
  })
  const stopped = untilStopped(signals)
  await process.stdout.write(greeting(host, boundPort, target, options))
  const warning = descriptorWarning(maxOpenFiles())
  if (warning) await process.stderr.write(`${warning}\n`)
  await stopped
  await process.stderr.write('Waiting for the replies on their way. Ctrl-C again ends them.\n')
  const closed = closeServer(server)
  await proxy.drain(drainMs)
  const timer = setTimeout(() => server.closeAllConnections(), lastBytesMs)
  server.closeIdleConnections()
  await closed
  clearTimeout(timer)
  return exitCodes.ok
}

/** What the environment says of the upstream goes before what it says of keys of providers. */
function chooseServeTarget(flags: ServeFlags, env: Context['process']['env'], variables: Variables): Target {
  const baseURL = flags.baseUrl ?? variables.text('UPSTREAM_BASE_URL')
  const [key] = splitList(variables.secret('UPSTREAM_API_KEY')) ?? []
  const target = chooseTarget(
    { ...flags, ...(baseURL && { baseUrl: baseURL }) },
    key ? { ...env, MILLRACE_API_KEY: key } : env,
  )
  const { provider } = target
  if (provider.wire.name === 'openai-chat') return target
  throw new UsageError(`The proxy speaks openai-chat upstream, and ${provider.name} speaks ${provider.wire.name}.`)
}

function createServed(options: ProxyOptions) {
  try {
    return orUsageError(() => createProxy(options))
  } catch (error) {
    if (options.log) options.log.close().catch(() => {})
    throw error
  }
}

function readPort(variables: Variables): number {
  const text = variables.text('PORT')
  if (text === undefined) return 8787
  try {
    return parsePort(text)
  } catch {
    throw new UsageError('PORT is no port.')
  }
}

function greeting(host: string, port: number, { provider, apiKey }: Target, { upstream }: ProxyOptions): string {
  const shownHost = host.includes(':') ? `[${host.replace(/[[\]]/g, '')}]` : host
  return `The proxy is at http://${shownHost}:${port}/v1 and asks ${provider.name} (${upstream.baseURL.replace(/\?.*/, '')}).
Its key is ${apiKey || upstream.apiKey ? 'kept here' : 'missing: none is sent'}. Ctrl-C ends it.
`
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
