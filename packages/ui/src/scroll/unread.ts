/** What came while the reader was away from the end. */
export interface Unread {
  /** How many messages. */
  readonly count: number
  /** The first of them. It stays marked when the reader is back, until they leave again or send something. */
  readonly firstId: string | undefined
}

export interface UnreadState extends Unread {
  readonly isAway: boolean
  /** The last message that the reader knows of. */
  readonly seenId: string | undefined
}

/** Nothing new, seen by a reader who is at the end, or has just left it. */
export const nothingUnread = (ids: readonly string[], isAway = false): UnreadState => ({
  count: 0,
  firstId: undefined,
  isAway,
  seenId: ids.at(-1),
})

/** The same object where nothing changed. */
export function nextUnread(state: UnreadState, ids: readonly string[], isAway: boolean): UnreadState {
  if (isAway && !state.isAway) return nothingUnread(ids, isAway)
  if (!isAway) return state.isAway ? { ...state, isAway, count: 0 } : state
  const seen = state.seenId === undefined ? -1 : ids.indexOf(state.seenId)
  const added = seen < 0 ? [] : ids.slice(seen + 1)
  return added.length === state.count ? state : { ...state, count: added.length, firstId: added[0] }
}
