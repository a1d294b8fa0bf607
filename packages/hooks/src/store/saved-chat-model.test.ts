import { flattenThread } from '@millrace/core'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { turn } from '../test-support/manual-chat.ts'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import { memoryStorage } from './storage.ts'

beforeEach(() => {
  vi.useFakeTimers()
  stubTabs()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const runs = Number(process.env.MILLRACE_FUZZ_RUNS ?? 300)
const actions = [
  'send',
  'say',
  'finish',
  'lose',
  'stop',
  'regenerate',
  'continue',
  'select',
  'clear',
  'wait',
  'close',
  'crash',
] as const
const step = fc.record({ tab: fc.nat(1), action: fc.constantFrom(...actions), amount: fc.nat(1000) })

/** What a thread says, on every branch. Which branch two tabs show that change it in one moment is left open. */
function read({ chat }: Tab) {
  const { messages, forks } = chat.getState()
  const flat = flattenThread({ messages, forks })
  return flat.messages
    .map(({ message, ...place }) => [message.id, message.content, message.finishReason, place])
    .toSorted()
}

it('says and saves the same in two tabs, whatever happens in them, and loses nothing that was there for a second', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const storage = memoryStorage()
      const tabs: [Tab, Tab] = [openTab(storage), openTab(storage)]
      const texts = new Set<string>()
      await turn()
      for (const [index, { tab: place, action, amount }] of steps.entries()) {
        const tab = tabs[place === 0 ? 0 : 1]
        const { chat, provider } = tab
        const last = chat.getState().messages.at(-1)
        if (action === 'send') {
          chat.sendMessage(`m${index}`).catch(() => {})
          texts.add(`m${index}`)
        } else if (action === 'say') provider.say(`${amount} `)
        else if (action === 'finish') provider.finish('stop')
        else if (action === 'lose') provider.lose()
        else if (action === 'stop') chat.stop()
        else if (action === 'regenerate') chat.regenerate().catch(() => {})
        else if (action === 'continue') chat.continueMessage().catch(() => {})
        else if (action === 'select' && last) chat.selectBranch(last.id, amount % 3)
        else if (action === 'clear') {
          chat.clearMessages()
          const waiting = tabs[place === 0 ? 1 : 0].chat.getState().queue.map(({ message }) => message.content)
          for (const text of texts) if (!waiting.includes(text)) texts.delete(text)
        } else if (action === 'wait') await vi.advanceTimersByTimeAsync(amount)
        else if (action === 'close' || action === 'crash') {
          await vi.advanceTimersByTimeAsync(1000)
          // What waits goes with its tab.
          for (const { message } of chat.getState().queue) texts.delete(message.content)
          tab[action]()
          tabs[place === 0 ? 0 : 1] = openTab(storage)
        }
        await turn()
        // Two tabs may send at the same moment; all else that people do is told before they do more.
        const isSentAtOnce = action === 'send' && steps[index + 1]?.action === 'send'
        if (!isSentAtOnce) await vi.advanceTimersByTimeAsync(150)
      }
      await settle(tabs)
      const later = openTab(storage)
      await vi.advanceTimersByTimeAsync(1000)
      const said = new Set(read(later).map(([, content]) => content))
      expect(read(tabs[1])).toEqual(read(tabs[0]))
      expect(read(later)).toEqual(read(tabs[0]))
      expect([...texts].filter((text) => !said.has(text))).toEqual([])
      for (const tab of [...tabs, later]) tab.close()
    }),
    { numRuns: runs },
  )
}, 120_000)

/** Every reply ends, and every message that waits is sent. */
async function settle(tabs: readonly Tab[]): Promise<void> {
  for (let i = 0; i < 60; i++) {
    for (const { provider, chat } of tabs) {
      provider.finish('stop')
      // The provider knows the newest of its replies only.
      if (i > 10) chat.stop()
      if (chat.getState().status === 'error') chat.clearError()
    }
    await vi.advanceTimersByTimeAsync(500)
    if (tabs.every(({ chat }) => chat.getState().status === 'ready' && chat.getState().queue.length === 0)) break
  }
  await vi.advanceTimersByTimeAsync(10_000)
}
