import { createId } from '@millrace/core'
import { type SavedThread, type Threads, useThreads } from '@millrace/hooks'
import { useEffect, useState } from 'react'
import { addressedThread, addressThread } from './thread-address.ts'

export interface OpenThread {
  /** For the chat: also a new one has one. */
  readonly id: string
  /** Nothing was said in it yet. */
  readonly isNew: boolean
  /** As it is in the list; undefined for a new one, and until the list has been read. */
  readonly saved: SavedThread | undefined
}

/** The thread that is open, in step with the page's address. */
export function useOpenThread(threads: Threads): OpenThread {
  const { threads: listed, status, selectedId } = useThreads(threads)
  const [newId, setNewId] = useState(createId)
  const id = selectedId ?? newId
  const saved = listed.find((thread) => thread.id === id)
  const isBegun = saved !== undefined && selectedId === undefined
  const isGone = status === 'ready' && saved === undefined && selectedId !== undefined

  useEffect(() => {
    const follow = () => threads.select(addressedThread())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [threads])

  useEffect(() => {
    if (isBegun) {
      addressThread(id, 'replace')
      threads.select(id)
      setNewId(createId())
    } else if (isGone) {
      addressThread(undefined, 'replace')
      threads.select(undefined)
    } else addressThread(selectedId, 'push')
  }, [threads, id, selectedId, isBegun, isGone])

  return { id, isNew: saved === undefined && selectedId === undefined, saved }
}
