'use client'

import { type SavedThread, type Threads, useThreads } from '@millrace/hooks'
import { Plus, Search } from 'lucide'
import { type ComponentPropsWithoutRef, type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react'
import { isComposing } from '../composer/is-composing.ts'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { useLatestCallback } from '../controls/use-latest-callback.ts'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { threadsWords } from '../strings/parts/threads.ts'
import { useWords } from '../strings/use-words.ts'
import { groupThreads } from './group-threads.ts'
import { ThreadRow, type ThreadRowActions } from './thread-row.tsx'
import { UndoBar, type UndoBarProps } from './undo-bar.tsx'
import { useFound } from './use-found.ts'
import { useRowFocus } from './use-row-focus.ts'

export interface ThreadListProps extends Omit<ComponentPropsWithoutRef<'nav'>, 'children'> {
  /** What `createThreads` made. */
  readonly threads: Threads
  /** A thread was picked, or undefined for a new chat. It is selected by then: a drawer may close. */
  readonly onPick?: ((threadId: string | undefined) => void) | undefined
}

/** Keys that go from row to row, and by how many. */
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/**
 * The saved threads, newest first, with a search over all they say. They are opened, renamed, removed and taken back here.
 * `New chat` selects none: give the chat an id of its own then. Keys: arrows, Home, End, Enter, F2, Delete.
 */
export function ThreadList({ threads, onPick, className, ...props }: ThreadListProps) {
  const strings = useWords(threadsWords)
  const { threads: listed, status, error, selectedId } = useThreads(threads)
  const [text, setText] = useState('')
  const [enteredId, setEnteredId] = useState<string>()
  const [renamingId, setRenamingId] = useState<string>()
  const [removed, setRemoved] = useState<UndoBarProps['removed']>()
  const ref = useRef<HTMLElement>(null)
  const { focusedId, idAt, focusRow, focusSoon } = useRowFocus(ref)
  const found = useFound(threads, listed, text)
  const shown = found ?? listed
  const tabStopId = [enteredId, selectedId].find((id) => shown.some((thread) => thread.id === id)) ?? shown[0]?.id
  const told = useLatestCallback(onPick)

  const pick = useCallback(
    (threadId: string | undefined) => {
      threads.select(threadId)
      told?.(threadId)
    },
    [threads, told],
  )

  const actions = useMemo<ThreadRowActions>(
    () => ({
      open: pick,
      enter: setEnteredId,
      startRename: setRenamingId,
      endRename({ id, title }, text, hasFocus) {
        setRenamingId(undefined)
        if (text !== title) threads.rename(id, text)
        if (hasFocus) focusSoon(id)
      },
      remove(id) {
        const { threads: before, selectedId: openId } = threads.getState()
        const title = before.find((thread) => thread.id === id)?.title ?? ''
        const next = [1, -1].map(idAt).find((other) => other !== id)
        if (focusedId() === id) focusSoon(next)
        const restore = threads.remove(id)
        function undo(): void {
          restore()
          if (openId === id) threads.select(id)
          setRemoved(undefined)
          focusSoon(id)
        }
        setRemoved({ title, undo })
      },
    }),
    [threads, pick, idAt, focusedId, focusSoon],
  )

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const id = focusedId()
    const step = steps[event.key]
    if (id !== undefined && event.key === 'F2') setRenamingId(id)
    else if (id !== undefined && event.key === 'Delete') {
      // The focus is on the next one by then, and only the last can be taken back.
      if (!event.repeat) actions.remove(id)
    } else if (id !== undefined && step !== undefined) focusRow(idAt(step))
    else return
    event.preventDefault()
  }

  function onSearchKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    // Home, End and Delete are for the text; F6 is for the page.
    if (event.key !== 'F6') event.stopPropagation()
    if (isComposing(event)) return
    if (event.key === 'ArrowDown' && shown[0]) focusRow(shown[0].id)
    else if (event.key === 'Escape' && text !== '') setText('')
    else return
    event.preventDefault()
  }

  const rows = (members: readonly SavedThread[]) =>
    members.map((thread) => (
      <ThreadRow
        key={thread.id}
        thread={thread}
        isCurrent={thread.id === selectedId}
        isTabStop={thread.id === tabStopId}
        isRenaming={thread.id === renamingId}
        actions={actions}
      />
    ))

  return (
    <nav
      aria-label={strings.threads}
      data-region=""
      {...props}
      ref={ref}
      className={cx('mr-thread-list', className)}
      onKeyDown={onKeyDown}
    >
      <button type="button" className="mr-threads-new" onClick={() => pick(undefined)}>
        <Icon of={Plus} />
        {strings.newChat}
      </button>
      <label className="mr-threads-search">
        <Icon of={Search} />
        <input
          type="search"
          placeholder={strings.searchThreads}
          aria-label={strings.searchThreads}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onSearchKeyDown}
        />
      </label>
      <p className="mr-threads-trouble" role="status">
        {error && strings.storageErrors[error.code]}
      </p>
      <div className="mr-threads-scroller">
        {found ? <ul aria-label={strings.threads}>{rows(found)}</ul> : <Groups threads={listed} rows={rows} />}
        {status === 'ready' && shown.length === 0 && (
          <p className="mr-threads-none">{found ? strings.noneFound : strings.noThreads}</p>
        )}
      </div>
      <VisuallyHidden role="status">{found && strings.threadsFound(found.length)}</VisuallyHidden>
      <UndoBar
        removed={removed}
        onEnd={() => setRemoved(undefined)}
        focusHeir={() => ref.current?.querySelector('button')}
      />
    </nav>
  )
}

interface GroupsProps {
  readonly threads: readonly SavedThread[]
  readonly rows: (members: readonly SavedThread[]) => React.ReactNode
}

/** By the day they were written in last. */
function Groups({ threads, rows }: GroupsProps) {
  const strings = useWords(threadsWords)
  const id = useId()
  return groupThreads(threads, Date.now()).map(({ age, threads: members }) => (
    <section key={age}>
      <h2 id={id + age} className="mr-threads-age">
        {strings.threadAges[age]}
      </h2>
      <ul aria-labelledby={id + age}>{rows(members)}</ul>
    </section>
  ))
}
