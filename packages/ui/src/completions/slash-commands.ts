import type { ChatStore } from '@millrace/hooks'
import { type Completion, filterCompletions, type Trigger } from './trigger.ts'

/** A command writes something, does something, or both. */
export interface SlashCommand {
  /** Without the slash. */
  readonly name: string
  /** What it does, in a few words. */
  readonly detail?: string
  /** Written in place of the command. */
  readonly insert?: string
  readonly run?: (chat: ChatStore) => void
}

/** For `Completions`: a list of commands at a `/`. */
export function slashCommands(commands: readonly SlashCommand[]): Trigger {
  const all = commands.map(({ name, ...rest }): Completion => ({ id: name, label: `/${name}`, ...rest }))
  return { char: '/', search: (query) => filterCompletions(`/${query}`, all) }
}
