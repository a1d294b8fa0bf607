import { assertTransportOptions, openaiCompatible, type Provider } from '@millrace/core'
import { providerById, providers } from '@millrace/core/providers'
import type { Environment } from './context.ts'
import { anyProviderVariable, keyVariables, readKey } from './keys.ts'
import { MissingKeyError, UsageError } from './usage-error.ts'

/** The options that say who is asked, the same in every command. */
export interface TargetFlags {
  readonly provider?: string
  readonly baseUrl?: string
  readonly apiKeyEnv?: string
}

/** Who is asked, and with which key. */
export interface Target {
  readonly provider: Provider
  readonly baseURL: string
  readonly apiKey: string | undefined
}

const unknownProvider = 'openai-compatible'

/**
 * Reads from options and environment who is asked. The provider is the one named, else the one at the base URL, else
 * the first whose key is there, else the first of all. The key is never an argument: those end in a shell's history.
 * @throws {UsageError} for a provider, base URL or variable that is none.
 * @throws {MissingKeyError} where the provider needs a key and there is none.
 */
export function chooseTarget(flags: TargetFlags, env: Environment): Target {
  const ownBaseURL = flags.baseUrl ?? (env.MILLRACE_BASE_URL?.trim() || undefined)
  if (ownBaseURL !== undefined) assertBaseURL(ownBaseURL)
  const provider = chooseProvider(flags.provider, ownBaseURL, env)
  const baseURL = ownBaseURL ?? provider.baseURL
  const apiKey = chooseKey(flags, provider, env)
  if (!apiKey && !ownBaseURL && !isThisMachine(baseURL)) {
    throw new MissingKeyError(`There is no key for ${provider.name}: set ${keyNames(provider)}.`)
  }
  try {
    assertTransportOptions({ provider, baseURL, apiKey })
  } catch {
    // The other two were checked before.
    throw new UsageError('The key holds a space, a line break or another character that no key has.')
  }
  return { provider, baseURL, apiKey }
}

/** The variables that a key for this provider may be in, for a person to read. */
export function keyNames({ id }: Provider): string {
  return [...(id === unknownProvider ? [] : keyVariables(id)), anyProviderVariable].join(' or ')
}

function chooseProvider(id: string | undefined, baseURL: string | undefined, env: Environment): Provider {
  if (id !== undefined) {
    const named = providerById(id)
    if (named) return named
    const known = providers.map((provider) => provider.id).join(', ')
    throw new UsageError(`There is no provider of that name. Known are: ${known}.`)
  }
  if (baseURL !== undefined) {
    // A port of this machine says nothing of who listens there.
    const remote = providers.filter((provider) => !isThisMachine(provider.baseURL))
    const known = remote.find((provider) => trimmed(provider.baseURL) === trimmed(baseURL))
    return known ?? openaiCompatible({ id: unknownProvider, baseURL, name: new URL(baseURL).host })
  }
  const [first] = providers
  const found = env[anyProviderVariable]?.trim()
    ? first
    : (providers.find((provider) => readKey(env, keyVariables(provider.id))) ?? first)
  if (found) return found
  throw new UsageError('There is no provider.')
}

/**
 * A key that belongs to a provider is not sent to somebody else, unless the server is one's own or the environment
 * names both.
 */
function chooseKey({ apiKeyEnv, baseUrl }: TargetFlags, { id }: Provider, env: Environment): string | undefined {
  if (apiKeyEnv === undefined) {
    const isTrusted = baseUrl === undefined || isThisMachine(baseUrl)
    const own = id === unknownProvider ? (isTrusted ? ['holysheep', 'openai'] : []) : [id]
    return readKey(env, [anyProviderVariable, ...own.flatMap(keyVariables)])
  }
  const key = readKey(env, [apiKeyEnv])
  // The name stays out of the message: it may be the key itself.
  if (!key) throw new UsageError('The variable that --api-key-env names is not set. It takes a name, not a key.')
  return key
}

function assertBaseURL(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('The base URL is none. It looks like https://api.openai.com/v1')
  }
  if (url.username || url.password) {
    throw new UsageError(`The base URL may not hold a password: put the key in ${anyProviderVariable}.`)
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}

/** Whether an address is on this machine: servers there need no key as a rule. */
export function isThisMachine(url: string): boolean {
  return isLoopback(new URL(url).hostname)
}

/** Whether a host name can only mean this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
