import type { SavedThread } from '@millrace/hooks'

/** How long ago something was written in a thread last. */
export type ThreadAge = 'today' | 'yesterday' | 'week' | 'month' | 'older'

export interface ThreadGroup {
  readonly age: ThreadAge
  readonly threads: readonly SavedThread[]
}

/** The first day of each age, counted back from today; what came before is older. */
const firstDays = { today: 0, yesterday: 1, week: 6, month: 29 }
const ages = Object.keys(firstDays) as (keyof typeof firstDays)[] // the keys of what was just written

/**
 * Puts threads together by the day they were written in last, as the calendar of this place has it. Their order stays,
 * and no group is empty.
 * @param now Epoch milliseconds.
 */
export function groupThreads(threads: readonly SavedThread[], now: number): readonly ThreadGroup[] {
  const today = new Date(now)
  // Not by 24 hours: some days have 23 or 25.
  const since = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days).getTime()
  const groups = new Map<ThreadAge, SavedThread[]>()
  for (const thread of threads) {
    const age = ages.find((each) => thread.updatedAt >= since(firstDays[each])) ?? 'older'
    const group = groups.get(age)
    if (group) group.push(thread)
    else groups.set(age, [thread])
  }
  return [...groups].map(([age, members]) => ({ age, threads: members }))
}
