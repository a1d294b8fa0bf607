/** The thread that the page's address names: `/#id`. */
export function addressedThread(): string | undefined {
  try {
    return decodeURIComponent(location.hash.slice(1)) || undefined
  } catch {
    return undefined
  }
}

/** Writes a thread into the address, or none: as a step that "back" takes back, or in place of the last. */
export function addressThread(threadId: string | undefined, step: 'push' | 'replace'): void {
  if (addressedThread() === threadId) return
  const address = threadId ? `#${encodeURIComponent(threadId)}` : location.pathname + location.search
  if (step === 'push') history.pushState(null, '', address)
  else history.replaceState(null, '', address)
}
