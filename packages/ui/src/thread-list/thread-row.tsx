'use client'

import type { SavedThread } from '@millrace/hooks'
import { Pencil, Trash2 } from 'lucide'
import { memo } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { threadsWords } from '../strings/parts/threads.ts'
import { useWords } from '../strings/use-words.ts'
import { RenameField } from './rename-field.tsx'

/** What can be done with a row. Never changes. */
export interface ThreadRowActions {
  readonly open: (threadId: string) => void
  /** The row is the one that has, or last had, the focus. */
  readonly enter: (threadId: string) => void
  readonly startRename: (threadId: string) => void
  readonly endRename: (thread: SavedThread, title: string, hasFocus: boolean) => void
  readonly remove: (threadId: string) => void
}

export interface ThreadRowProps {
  readonly thread: SavedThread
  readonly isCurrent: boolean
  /** The Tab key leads to it: to one row of the list. */
  readonly isTabStop: boolean
  readonly isRenaming: boolean
  readonly actions: ThreadRowActions
}

/** One thread: opens it, and has what else can be done with it. */
export const ThreadRow = memo(function ThreadRow({
  thread,
  isCurrent,
  isTabStop,
  isRenaming,
  actions,
}: ThreadRowProps) {
  const strings = useWords(threadsWords)
  const title = thread.title || strings.untitledThread
  const tabIndex = isTabStop ? 0 : -1
  if (isRenaming) {
    return (
      <li className="mr-threads-row" data-thread={thread.id} data-renaming>
        <RenameField title={thread.title} onDone={(text, hasFocus) => actions.endRename(thread, text, hasFocus)} />
      </li>
    )
  }
  return (
    <li
      className="mr-threads-row"
      data-thread={thread.id}
      data-current={isCurrent || undefined}
      onFocus={() => actions.enter(thread.id)}
    >
      <button
        type="button"
        className="mr-threads-open"
        tabIndex={tabIndex}
        title={title}
        aria-current={isCurrent ? 'page' : undefined}
        aria-keyshortcuts="F2 Delete"
        onClick={() => actions.open(thread.id)}
      >
        <span dir="auto">{title}</span>
      </button>
      <IconButton
        label={strings.renameThread(title)}
        title={strings.rename}
        tabIndex={tabIndex}
        onClick={() => actions.startRename(thread.id)}
      >
        <Icon of={Pencil} />
      </IconButton>
      <IconButton
        label={strings.removeThread(title)}
        title={strings.remove}
        tabIndex={tabIndex}
        onClick={() => actions.remove(thread.id)}
      >
        <Icon of={Trash2} />
      </IconButton>
    </li>
  )
})
