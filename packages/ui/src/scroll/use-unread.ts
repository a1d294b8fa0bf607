'use client'

import { useMessageIds } from '@millrace/hooks'
import { useCallback, useState } from 'react'
import { nextUnread, nothingUnread, type Unread } from './unread.ts'

interface UseUnread extends Unread {
  /** The reader has seen all there is. Keeps its identity while no message comes. */
  readonly forget: () => void
}

/** The messages that came while the reader was away from the end. */
export function useUnread(isAway: boolean): UseUnread {
  const ids = useMessageIds()
  const [state, setState] = useState(() => nothingUnread(ids))
  const next = nextUnread(state, ids, isAway)
  if (next !== state) setState(next)
  const forget = useCallback(() => setState(nothingUnread(ids, isAway)), [ids, isAway])
  return { count: next.count, firstId: next.firstId, forget }
}
