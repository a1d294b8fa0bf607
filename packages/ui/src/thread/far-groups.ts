/** How many turns are rendered at once when a thread is opened: more than what is in view at its end. */
const nearCount = 12
/** How many turns come near together. */
const groupSize = 8

/** Turns that are far from what is shown, by the first of them. */
export type FarGroups = ReadonlyMap<string, readonly string[]>

/** Those of a thread that is opened at its end. */
export function farGroupsOf(ids: readonly string[]): FarGroups {
  const groups = new Map<string, readonly string[]>()
  // The last one begins where a whole group still fits before the turns that are near.
  for (let end = ids.length - nearCount; end > 0; end -= groupSize) {
    const group = ids.slice(Math.max(0, end - groupSize), end)
    if (group[0] !== undefined) groups.set(group[0], group)
  }
  return groups
}

/** Older turns that came in above are far as well, but for those next to what was there. */
export function withOlder(groups: FarGroups, ids: readonly string[], firstBefore: string | undefined): FarGroups {
  const added = firstBefore === undefined ? -1 : ids.indexOf(firstBefore)
  return added > 0 ? new Map([...farGroupsOf(ids.slice(0, added)), ...groups]) : groups
}

/** A turn, or several that are far. */
export interface Row {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly isFar: boolean
}

/** The thread from top to bottom. A group that no longer stands in it as it did is shown turn by turn. */
export function rowsOf(ids: readonly string[], groups: FarGroups): Row[] {
  const rows: Row[] = []
  for (let start = 0; start < ids.length; ) {
    const id = ids[start] ?? ''
    const group = groups.get(id)
    const isFar = group?.every((member, offset) => member === ids[start + offset]) ?? false
    const end = start + (isFar && group ? group.length : 1)
    rows.push({ id, start, end, isFar })
    start = end
  }
  return rows
}
