/** What the playground's server says, read with care: an address of ours may be answered by something else. */

export type UpstreamKind = 'holysheep' | 'openai' | 'ollama' | 'demo' | 'custom'

/** Why nobody would answer now. */
export type Trouble = 'key-invalid' | 'unreachable' | 'timeout' | 'failing' | 'server-gone'

export interface UpstreamInfo {
  readonly kind: UpstreamKind
  readonly name: string
}

export interface HealthInfo {
  /** Nothing where all is well. */
  readonly trouble?: Trouble
  readonly latencyMs?: number
}

export async function fetchUpstream(signal: AbortSignal): Promise<UpstreamInfo | undefined> {
  const answer = await fetchJson('/api/upstream', signal)
  const kind = kinds.find((known) => known === answer?.kind)
  return kind && { kind, name: String(answer?.name) }
}

export async function fetchHealth(signal: AbortSignal): Promise<HealthInfo> {
  const answer = await fetchJson('/health', signal)
  const upstream = asObject(answer?.upstream)
  if (!upstream) return { trouble: 'server-gone' }
  const latencyMs = typeof upstream.latencyMs === 'number' ? upstream.latencyMs : undefined
  const trouble = upstream.ok ? undefined : (troubles.find((known) => known === upstream.reason) ?? 'failing')
  return { ...(trouble && { trouble }), ...(latencyMs !== undefined && { latencyMs }) }
}

/** The ids of the models there are; none where they cannot be had. */
export async function fetchModels(signal: AbortSignal): Promise<readonly string[]> {
  const list = (await fetchJson('/v1/models', signal))?.data
  return Array.isArray(list) ? list.flatMap((model) => asObject(model)?.id ?? []).map(String) : []
}

const kinds: readonly UpstreamKind[] = ['holysheep', 'openai', 'ollama', 'demo', 'custom']
const troubles: readonly Trouble[] = ['key-invalid', 'unreachable', 'timeout', 'failing']

async function fetchJson(path: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(path, { signal })
    return asObject(await response.json())
  } catch {
    return undefined
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined
}
