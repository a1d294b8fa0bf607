import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { contents } from '../test-support/manual-chat.ts'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import { memoryStorage } from './storage.ts'

// A thread is emptied while one tab writes a reply in it and another shows that.

beforeEach(() => {
  vi.useFakeTimers()
  stubTabs()
})
const open: Tab[] = []
afterEach(() => {
  for (const tab of open.splice(0)) tab.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function twoTabs() {
  const storage = memoryStorage()
  const load = vi.spyOn(storage, 'load')
  const [writer, other] = [openTab(storage), openTab(storage)]
  open.push(writer, other)
  await vi.advanceTimersByTimeAsync(10)
  const reply = writer.chat.sendMessage('Hi')
  for (const text of ['Hel', 'l', 'o']) {
    await vi.advanceTimersByTimeAsync(120)
    writer.provider.say(text)
  }
  // What came last is told by then, and not yet saved.
  await vi.advanceTimersByTimeAsync(110)
  expect(contents(other.chat)).toEqual(['Hi', 'Hello'])
  return { storage, load, writer, other, reply }
}

/** By then whoever waits for a writer that is gone knows it by its silence. */
const muchLater = () => vi.advanceTimersByTimeAsync(10_000)

it.each(['writer', 'other'] as const)('it stays empty everywhere, whoever does it: the %s', async (who) => {
  const { storage, reply, ...tabs } = await twoTabs()
  tabs[who].chat.clearMessages()
  await muchLater()
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
  expect(tabs.writer.provider.cancelled).toBe(1)
  for (const { chat } of [tabs.writer, tabs.other])
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [], replyIds: [] })
  expect(await storage.load('a')).toEqual([])
})

it.each(['writer', 'other'] as const)(
  'what waits in the tab that did not do it is sent: it was the %s',
  async (who) => {
    const { storage, ...tabs } = await twoTabs()
    const waiting = tabs[who === 'writer' ? 'other' : 'writer']
    void waiting.chat.sendMessage('Next')
    tabs[who].chat.clearMessages()
    await vi.advanceTimersByTimeAsync(50)
    for (const { chat } of [tabs.writer, tabs.other]) expect(contents(chat)).toEqual(['Next', ''])
    expect(await storage.load('a')).toHaveLength(2)
  },
)

it('what was saved before its writer heard of that is deleted all the same', async () => {
  const { storage, writer, other } = await twoTabs()
  await vi.advanceTimersByTimeAsync(500)
  other.chat.clearMessages()
  writer.provider.say('!')
  await vi.advanceTimersByTimeAsync(0)
  expect(await storage.load('a')).toMatchObject([{ json: expect.stringContaining('Hello!') }])
  await muchLater()
  expect(await storage.load('a')).toEqual([])
})

it('nobody looks for ever for a reply that is gone with its writer', async () => {
  const { load, writer, other } = await twoTabs()
  writer.crash()
  other.chat.clearMessages()
  await muchLater()
  load.mockClear()
  await muchLater()
  expect(load).not.toHaveBeenCalled()
})
