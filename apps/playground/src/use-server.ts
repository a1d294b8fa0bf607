import { useEffect, useState } from 'react'
import { fetchHealth, fetchModels, fetchUpstream, type HealthInfo, type UpstreamInfo } from './server-api.ts'

const healthEveryMs = 20_000

/** What is known of who answers; each part is undefined until it has been asked for. */
export interface ServerState {
  readonly upstream?: UpstreamInfo | undefined
  readonly health?: HealthInfo | undefined
  readonly models?: readonly string[] | undefined
}

/** Asks who answers and with which models, and from then on, while somebody looks, whether they still do. */
export function useServer(): ServerState {
  const [state, setState] = useState<ServerState>({})

  useEffect(() => {
    const { signal, abort } = createAbort()
    const tell = (part: ServerState) => {
      if (!signal.aborted) setState((known) => ({ ...known, ...part }))
    }
    fetchUpstream(signal).then((upstream) => tell({ upstream }))
    fetchModels(signal).then((models) => tell({ models }))
    return abort
  }, [])

  useEffect(() => {
    const { signal, abort } = createAbort()
    async function check(): Promise<void> {
      if (document.hidden) return
      const health = await fetchHealth(signal)
      if (!signal.aborted) setState((known) => ({ ...known, health }))
    }
    check()
    const timer = setInterval(check, healthEveryMs)
    document.addEventListener('visibilitychange', check)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', check)
      abort()
    }
  }, [])

  return state
}

function createAbort() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
