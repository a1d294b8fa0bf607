// By then the others have heard of what was done.
const heldMs = 2000

/**
 * Does something in the first tab that wants to; the others, which want to at the same moment, leave it at that. Where tabs
 * may not speak to each other, in a sandboxed frame say, each does it.
 */
export function inOneTab(name: string, act: () => void): void {
  const locks: LockManager | undefined = navigator.locks
  if (!locks) return act()
  const held = async (lock: Lock | null) => {
    if (!lock) return
    act()
    await new Promise((resolve) => setTimeout(resolve, heldMs))
  }
  locks.request(name, { ifAvailable: true }, held).catch(act)
}
