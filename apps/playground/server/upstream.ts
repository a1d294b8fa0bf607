import { holysheep } from '@millrace/core'
import type { UpstreamOptions } from '@millrace/proxy'
import { createDemoProvider } from '@millrace/testing'
import { serveFakeProvider } from '@millrace/testing/node'

/** Who answers the playground. */
export interface Upstream {
  readonly kind: 'holysheep' | 'openai' | 'ollama' | 'demo' | 'custom'
  /** What a person calls it. */
  readonly name: string
  readonly options: UpstreamOptions
  close?(): Promise<void>
}

export interface UpstreamChoice {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whatever the environment says. */
  readonly demo?: boolean
  /** Asks this machine for Ollama. */
  readonly fetch?: typeof globalThis.fetch
}

const openai = 'https://api.openai.com/v1'
const ollama = 'http://127.0.0.1:11434'

/** The keys that are looked for, in this order, and where each belongs. */
const keys = [
  ['MILLRACE_API_KEY', holysheep.baseURL],
  ['HOLYSHEEP_API_KEY', holysheep.baseURL],
  ['OPENAI_API_KEY', openai],
] as const

/**
 * The first of: a key from the environment, a base URL from there, Ollama on this machine, the demo provider.
 * @throws {TypeError} for a MILLRACE_BASE_URL that is none.
 */
export async function chooseUpstream({
  env,
  demo = false,
  fetch = globalThis.fetch,
}: UpstreamChoice): Promise<Upstream> {
  const configured = demo ? undefined : fromEnvironment(env)
  if (configured) return configured
  if (!demo && (await isOllamaThere(fetch))) {
    return { kind: 'ollama', name: 'Ollama', options: { baseURL: `${ollama}/v1` } }
  }
  // Behind a port of its own, so that the proxy talks to it as it would to any other.
  const served = await serveFakeProvider({ provider: createDemoProvider() })
  return { kind: 'demo', name: 'Demo provider', options: { baseURL: served.baseURL }, close: served.close }
}

function fromEnvironment(env: UpstreamChoice['env']): Upstream | undefined {
  const baseURL = env.MILLRACE_BASE_URL?.trim()
  for (const [variable, itsBaseURL] of keys) {
    const apiKey = env[variable]?.trim()
    if (apiKey) return describe({ apiKey, baseURL: baseURL || itsBaseURL })
  }
  return baseURL ? describe({ baseURL }) : undefined
}

function describe(options: UpstreamOptions): Upstream {
  if (!URL.canParse(options.baseURL)) {
    throw new TypeError('MILLRACE_BASE_URL is not a URL. It looks like https://api.openai.com/v1')
  }
  const { host } = new URL(options.baseURL)
  if (host === new URL(holysheep.baseURL).host) return { kind: 'holysheep', name: holysheep.name, options }
  if (host === new URL(openai).host) return { kind: 'openai', name: 'OpenAI', options }
  return { kind: 'custom', name: host, options }
}

async function isOllamaThere(fetch: typeof globalThis.fetch): Promise<boolean> {
  try {
    const response = await fetch(`${ollama}/api/version`, { signal: AbortSignal.timeout(300) })
    const answer: unknown = await response.json()
    return response.ok && typeof answer === 'object' && answer !== null && 'version' in answer
  } catch {
    return false
  }
}
