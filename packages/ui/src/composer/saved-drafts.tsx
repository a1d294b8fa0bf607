'use client'

import { type ChatState, useChatSelector, useChatStore } from '@millrace/hooks'
import { useEffect, useMemo, useRef } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { useComposer } from './composer-context.ts'
import { createDrafts, type DraftStorage } from './drafts.ts'
import { unsentWords } from './use-draft.ts'

export interface SavedDraftsProps {
  /** Whose draft it is. Default: the chat's id. Name one where a new chat has another id in each page. */
  readonly id?: string | undefined
  /** Where drafts are kept. Default: `localStorage`. Keep its identity between renders. */
  readonly storage?: DraftStorage | undefined
}

const keepAfterMs = 300

/**
 * Inside a `Composer`: keeps what is typed, and the words that wait in the queue, for when the page is opened again. It is
 * forgotten once it is sent. Files are not kept. Where the browser keeps nothing, the draft lives as long as the page.
 */
export function SavedDrafts({ id, storage }: SavedDraftsProps) {
  const store = useChatStore()
  const draftId = id ?? store.id
  const { text, setText, queueEdit: edit } = useComposer()
  const queue = useChatSelector(selectQueue)
  const drafts = useMemo(() => createDrafts(storage), [storage])
  const unsent = unsentWords({ text, edit }, queue)
  const latest = useRef({ store, draftId, unsent, setText })
  /** What this page and the storage agreed on last, for each draft. */
  const agreed = useRef(new Map<string, string>())
  /** A draft on its way from the storage into the field. */
  const adopted = useRef<string>(undefined)
  const keepNow = useRef(() => {})

  // Layout effects, so that a draft is there before the first paint, and kept before another chat is shown.
  useIsomorphicLayoutEffect(() => {
    const { store: storeBefore, draftId: idBefore } = latest.current
    // The chat has got its own name: so has what is written in it.
    if (storeBefore === store && idBefore !== draftId) drafts.write(idBefore, '')
    latest.current = { store, draftId, unsent, setText }
    if (adopted.current === unsent) adopted.current = undefined
  })

  useIsomorphicLayoutEffect(() => {
    const agreedOn = () => agreed.current.get(draftId) ?? ''
    const adopt = () => {
      const { store, unsent, setText } = latest.current
      const saved = drafts.read(draftId)
      // Another page has written it, or sent it. Whoever writes here goes on with their own.
      if (saved === undefined || saved === unsent || unsent !== agreedOn() || store.getState().queue.length > 0) return
      agreed.current.set(draftId, saved)
      adopted.current = saved
      setText(saved)
    }
    const keep = () => {
      const { unsent } = latest.current
      if (adopted.current !== undefined || unsent === agreedOn()) return
      if (drafts.write(draftId, unsent)) agreed.current.set(draftId, unsent)
    }
    keepNow.current = keep
    adopt()
    const stopListening = drafts.onChange(adopt)
    globalThis.addEventListener('pagehide', keep)
    return () => {
      keep()
      stopListening()
      globalThis.removeEventListener('pagehide', keep)
    }
  }, [drafts, draftId])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft that gets another name is kept by that.
  useEffect(() => {
    // What is sent is forgotten at once: a page that is opened now must not offer it again.
    if (unsent === '') return keepNow.current()
    const timer = setTimeout(() => keepNow.current(), keepAfterMs)
    return () => clearTimeout(timer)
  }, [unsent, draftId])

  return null
}

const selectQueue = ({ queue }: ChatState) => queue
