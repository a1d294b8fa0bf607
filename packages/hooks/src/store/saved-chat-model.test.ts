import { encodeMessage, flattenThread, type ToolCallPart } from '@millrace/core'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { turn } from '../test-support/manual-chat.ts'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import type { SendOptions } from './chat-options.ts'
import { memoryStorage, type ThreadStorage } from './storage.ts'
import { tool } from './tool.ts'

beforeEach(() => {
  vi.useFakeTimers()
  stubTabs()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const runs = Number(process.env.MILLRACE_FUZZ_RUNS ?? 300)

const tools = {
  auto: tool({ execute: () => 1 }),
  ask: tool({}),
  careful: tool({ needsApproval: true, execute: () => 2 }),
}
const open = (storage: ThreadStorage) => openTab(storage, { tools, maxSteps: 3 })

/** One thing that is done in a tab. */
interface Doing {
  readonly tab: Tab
  readonly other: Tab
  readonly amount: number
  /** Said by nobody before. */
  readonly text: string
  /** What people have said, and has to be there in the end. */
  readonly texts: Set<string>
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]

function say({ tab, text, texts }: Doing, options?: SendOptions): void {
  texts.add(text)
  tab.chat.sendMessage(text, options).catch(() => {})
}

function openCallOf({ tab, amount }: Doing): string {
  const parts = flattenThread(tab.chat.getState()).messages.flatMap(({ message }) => message.parts)
  const isOpen = (part: (typeof parts)[number]) => part.type === 'tool-call' && /^(input-a|app)/.test(part.state)
  return (pick(parts.filter(isOpen), amount) as ToolCallPart | undefined)?.toolCallId ?? ''
}

/** Takes messages away, and with them what they say, but for what waits in the other tab. */
function deleting({ tab, other, texts }: Doing, deleteSome: () => void): void {
  const waiting = ({ chat }: Tab) => chat.getState().queue.map(({ message }) => message.content)
  const said = () => [...read(tab).map(([, content]) => content), ...waiting(tab)]
  const before = said()
  deleteSome()
  const left = [...said(), ...waiting(other)]
  for (const text of before) if (!left.includes(text)) texts.delete(text)
}

/** All that may be done at once. */
const actions: Readonly<Record<string, (doing: Doing) => void>> = {
  send: (doing) => say(doing),
  compare: (doing) => say(doing, { models: ['a', 'b'] }),
  interrupt: (doing) => say(doing, { whenBusy: 'interrupt' }),
  edit({ tab: { chat }, amount, text, texts }) {
    const questions = chat.getState().messages.filter(({ role }) => role === 'user')
    const question = pick(questions, amount)
    if (question) texts.add(text)
    if (question) chat.editMessage(question.id, text).catch(() => {})
  },
  say: ({ tab, amount }) => tab.provider.say(`${amount} `),
  call({ tab: { provider }, amount, text }) {
    provider.emit(
      { type: 'tool-call-start', toolCallId: text, toolName: pick(Object.keys(tools), amount) ?? '' },
      { type: 'tool-call-delta', toolCallId: text, argumentsText: `{"n":"${text}"}` },
      { type: 'tool-call-end', toolCallId: text },
    )
    provider.finish('tool-calls')
  },
  answer: (doing) =>
    void doing.tab.chat.addToolOutput({ toolCallId: openCallOf(doing), output: doing.amount }).catch(() => {}),
  decide: (doing) =>
    void doing.tab.chat
      .addToolApprovalResponse({ toolCallId: openCallOf(doing), approved: doing.amount % 2 === 0 })
      .catch(() => {}),
  finish: ({ tab }) => tab.provider.finish('stop'),
  lose: ({ tab }) => tab.provider.lose(),
  stop: ({ tab }) => tab.chat.stop(),
  stopOne: ({ tab: { chat }, amount }) => chat.stopMessage(pick(chat.getState().replyIds, amount) ?? ''),
  regenerate: ({ tab }) => void tab.chat.regenerate().catch(() => {}),
  continue: ({ tab }) => void tab.chat.continueMessage().catch(() => {}),
  select: ({ tab: { chat }, amount }) => chat.selectBranch(chat.getState().messages.at(-1)?.id ?? '', amount % 3),
  rename: ({ tab, amount }) => tab.threads.rename('a', `${amount}`),
  cut: (doing) =>
    deleting(doing, () =>
      doing.tab.chat.setMessages((messages) => messages.slice(0, doing.amount % (messages.length + 1))),
    ),
  clear: (doing) => deleting(doing, doing.tab.chat.clearMessages),
}

/** What takes its time. */
const passing = ['wait', 'close', 'crash'] as const
const step = fc.record({
  place: fc.constantFrom(0, 1),
  action: fc.constantFrom(...Object.keys(actions), ...passing),
  amount: fc.nat(1000),
})

/** What a thread says, on every branch. Which branch two tabs show that change it in one moment is left open. */
function read({ chat }: Tab) {
  const { messages, forks } = chat.getState()
  const flat = flattenThread({ messages, forks })
  return flat.messages
    .map(({ message, ...place }) => [message.id, message.content, place, encodeMessage(message)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
}

it('says and saves the same in two tabs, whatever happens in them, and loses nothing that was there for a second', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25, size: 'max' }), async (steps) => {
      const storage = memoryStorage()
      const tabs: [Tab, Tab] = [open(storage), open(storage)]
      const texts = new Set<string>()
      await turn()
      for (const [index, { place, action, amount }] of steps.entries()) {
        const [tab, other] = place === 0 ? tabs : [tabs[1], tabs[0]]
        actions[action]?.({ tab, other, amount, text: `m${index}`, texts })
        if (action === 'wait') await vi.advanceTimersByTimeAsync(amount)
        if (action === 'close' || action === 'crash') {
          await vi.advanceTimersByTimeAsync(1000)
          // What waits goes with its tab.
          for (const { message } of tab.chat.getState().queue) texts.delete(message.content)
          tab[action]()
          tabs[place === 0 ? 0 : 1] = open(storage)
        }
        await turn()
        // Two tabs may send at the same moment; all else that people do is told before they do more.
        const isSentAtOnce = action === 'send' && steps[index + 1]?.action === 'send'
        if (!isSentAtOnce) await vi.advanceTimersByTimeAsync(150)
      }
      await settle(tabs)
      const later = open(storage)
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
