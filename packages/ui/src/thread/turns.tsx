'use client'

import type { Message } from '@millrace/core'
import { type ChatState, useChatSelector, useMessageIds } from '@millrace/hooks'
import {
  Fragment,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { KeepPlace } from '../scroll/keep-place.tsx'
import { UnreadLine } from '../scroll/unread-line.tsx'
import { type FarGroups, farGroupsOf, rowsOf, withOlder } from './far-groups.ts'
import { FarTurns } from './far-turns.tsx'

interface TurnsProps {
  readonly scrollerRef: RefObject<HTMLDivElement | null>
  /** The first message that came while the reader was away. */
  readonly firstNewId: string | undefined
  readonly renderMessage: ((props: MessageViewProps) => ReactNode) | undefined
  readonly onKeyRequest: (() => void) | undefined
}

/** The turns of a thread, all of them. It renders when one comes or goes, and when some come near that were far. */
export const Turns = memo(function Turns({
  scrollerRef,
  firstNewId,
  renderMessage = renderMessageView,
  onKeyRequest,
}: TurnsProps) {
  const ids = useMessageIds()
  const { groups, comeNear } = useFarGroups(ids)
  const rows = rowsOf(ids, groups)
  const messages = useFirstMessages(rows.findLast(({ isFar }) => isFar)?.end ?? 0)
  const lastId = ids.at(-1)
  return (
    <KeepPlace ids={ids} scrollerRef={scrollerRef}>
      {rows.map(({ id, start, end, isFar }) =>
        isFar ? (
          <FarTurns key={`far ${id}`} messages={messages.slice(start, end)} firstId={id} onNear={comeNear} />
        ) : (
          <Fragment key={id}>
            {id === firstNewId && <UnreadLine />}
            {renderMessage({ id, isLast: id === lastId, onKeyRequest })}
          </Fragment>
        ),
      )}
    </KeepPlace>
  )
})

const renderMessageView = (props: MessageViewProps) => <MessageView {...props} />

/** The same array for as long as all messages in it are the same. */
function useFirstMessages(count: number): readonly Message[] {
  const select = useMemo(() => {
    let last: readonly Message[] = []
    return ({ messages }: ChatState) => {
      const isSame = last.length === count && last.every((message, index) => message === messages[index])
      if (!isSame) last = messages.slice(0, count)
      return last
    }
  }, [count])
  return useChatSelector(select)
}

const nothingFar: FarGroups = new Map()
const subscribeToNothing = () => () => {}
const isFalse = () => false
const isTrue = () => true

/** What was far when it appeared, and has not come near since. */
function useFarGroups(ids: readonly string[]) {
  const isHydrating = useSyncExternalStore(subscribeToNothing, isFalse, isTrue)
  // A server does not know what will be seen, and a page that comes alive has to show the same.
  const [groups, setGroups] = useState(() => (isHydrating ? nothingFar : farGroupsOf(ids)))
  const [firstId, setFirstId] = useState(ids[0])
  if (firstId !== ids[0]) {
    setFirstId(ids[0])
    setGroups(withOlder(groups, ids, firstId))
  }
  const comeNear = useCallback((id: string) => {
    setGroups((before) => new Map([...before].filter(([first]) => first !== id)))
  }, [])
  return { groups, comeNear }
}
