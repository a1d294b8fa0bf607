import type { Model } from '@millrace/core'
import {
  BudgetGuard,
  CompareWith,
  Completions,
  createBudget,
  mentions,
  SavedDrafts,
  SendEstimate,
  slashCommands,
  VoiceInput,
} from '@millrace/ui'
import { useMemo } from 'react'
import { threads } from './threads.ts'
import type { Words } from './words.ts'

/** A dollar, then it asks. */
const budget = createBudget({ max: 1, per: 'session' })

/** At an `@`: the other chats, by their titles. */
const chats = mentions({
  search: (query) =>
    threads
      .getState()
      .threads.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()))
      .slice(0, 20)
      .map(({ id, title }) => ({ id, label: title, insert: `“${title}”` })),
})

export interface ComposerToolsProps {
  readonly draftId: string
  readonly models: readonly Model[]
  readonly words: Words
  readonly onNewChat: () => void
}

/** All that a composer can do more, in the order in which it stands there. */
export function ComposerTools({ draftId, models, words: { commands }, onNewChat }: ComposerToolsProps) {
  const triggers = useMemo(() => {
    const { again, clear, create, shorter, table } = commands
    return [
      slashCommands([
        { name: 'new', detail: create, run: onNewChat },
        { name: 'again', detail: again, run: (chat) => void chat.regenerate().catch(() => {}) },
        { name: 'clear', detail: clear, run: (chat) => chat.clearMessages() },
        { name: 'shorter', ...shorter },
        { name: 'table', ...table },
      ]),
      chats,
    ]
  }, [commands, onNewChat])
  return (
    <>
      <SavedDrafts id={draftId} />
      <Completions triggers={triggers} />
      <VoiceInput />
      <CompareWith models={models} />
      <BudgetGuard budget={budget} models={models} />
      <SendEstimate models={models} />
    </>
  )
}
