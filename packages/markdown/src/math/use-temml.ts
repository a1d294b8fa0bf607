import { useEffect, useSyncExternalStore } from 'react'

type Temml = Pick<typeof import('temml'), 'render'>

interface Loader {
  temml?: Temml
  loading?: Promise<void> | undefined
  readonly listeners: Set<() => void>
}

// One for the page: it is the same for every formula.
const loader: Loader = { listeners: new Set() }

/** Loads it with the first formula on the page. `undefined` until it is there, and on a server. */
export function useTemml(): Temml | undefined {
  useEffect(() => {
    loader.loading ??= load()
  }, [])
  return useSyncExternalStore<Temml | undefined>(subscribe, getTemml, () => undefined)
}

async function load(): Promise<void> {
  try {
    const { default: temml } = await import('temml')
    loader.temml = temml
    for (const listener of loader.listeners) listener()
  } catch {
    // A chunk that did not arrive may with the next formula.
    loader.loading = undefined
  }
}

function getTemml(): Temml | undefined {
  return loader.temml
}

function subscribe(listener: () => void): () => void {
  loader.listeners.add(listener)
  return () => {
    loader.listeners.delete(listener)
  }
}
