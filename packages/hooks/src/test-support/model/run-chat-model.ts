import fc from 'fast-check'
import { vi } from 'vitest'
import type { Pace } from '../../store/chat-options.ts'
import { actionCommands } from './action-commands.ts'
import { ChatModel } from './chat-model.ts'
import { createChatWorld, type WorldOptions } from './chat-world.ts'
import { type ChatCommand, settleAndCompare } from './command.ts'
import { Comparison } from './compare.ts'
import { serverCommands } from './server-commands.ts'

const pace = fc.constantFrom<Pace>('frame', 'frame', 'chunk', { everyMs: 50 })
const worldOptions = fc.record({ pace, retryAttempts: fc.constantFrom(0, 0, 1) })

/** A while in the life of a chat. */
const life = fc.commands([actionCommands, serverCommands], { maxCommands: 40, size: 'max' })

/** That a chat does what its model does, whatever happens, and that nothing of it goes on once it was left. */
export const chatFollowsModel = fc.asyncProperty(worldOptions, life, followModel)

async function followModel(options: WorldOptions, commands: Iterable<ChatCommand>): Promise<void> {
  // Those of a run that failed halfway.
  vi.clearAllTimers()
  const world = createChatWorld(options)
  const model = new ChatModel(options.retryAttempts)
  const real = new Comparison(model, world)
  await fc.asyncModelRun(() => ({ model, real }), commands)
  await settleAndCompare(model, real)
  world.chat.stopAll()
  model.stopAll()
  await settleAndCompare(model, real)
  real.compareEnd()
  const timers = vi.getTimerCount()
  if (timers > 0) throw new Error(`${timers} timers are left.`)
}
