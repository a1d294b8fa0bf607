/**
 * How many siblings are rendered together. A frame compares one entry a group, and renders the members of those that
 * changed: the last one, as a rule.
 */
export const groupSize = 32

export interface Group {
  readonly start: number
  readonly end: number
  /** The latest stamp in it. */
  readonly stamp: number
}

type Stamped = { readonly stamp: number }

/** Parts siblings into groups, always at the same places. */
export function groupsOf(nodes: readonly Stamped[], first = 0, last = nodes.length): Group[] {
  const groups: Group[] = []
  for (let start = first; start < last; start += groupSize) {
    const end = Math.min(start + groupSize, last)
    groups.push({ start, end, stamp: latestStamp(nodes, start, end) })
  }
  return groups
}

function latestStamp(nodes: readonly Stamped[], start: number, end: number): number {
  let latest = 0
  for (let index = start; index < end; index++) latest = Math.max(latest, nodes[index]?.stamp ?? 0)
  return latest
}
