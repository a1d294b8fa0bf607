import { type Completion, filterCompletions, type Trigger } from './trigger.ts'

/** Someone, or something, to name in a message. */
export interface Mention {
  readonly label: string
  readonly detail?: string
  /** Default: the label. */
  readonly id?: string
  /** What is written. Default: the sign and the label. */
  readonly insert?: string
}

/** What can be named, and behind which sign. */
export interface MentionsOptions {
  /** Default `@`. */
  readonly char?: string
  /**
   * All that can be named, or what finds those that go with some letters. The signal is aborted when other letters are
   * typed: wait a moment before you ask a server, and pass it on.
   */
  readonly search:
    | readonly Mention[]
    | ((query: string, signal: AbortSignal) => readonly Mention[] | Promise<readonly Mention[]>)
}

/** For `Completions`: a list of names at an `@`. */
export function mentions({ char = '@', search }: MentionsOptions): Trigger {
  const toCompletion = ({ label, id = label, insert = char + label, detail }: Mention): Completion => ({
    id,
    label,
    insert,
    detail,
  })
  if (typeof search !== 'function') {
    const all = search.map(toCompletion)
    return { char, search: (query) => filterCompletions(query, all) }
  }
  return {
    char,
    search(query, signal) {
      const found = search(query, signal)
      return 'then' in found ? found.then((all) => all.map(toCompletion)) : found.map(toCompletion)
    },
  }
}
