import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { contents } from '../test-support/manual-chat.ts'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import { memoryStorage, type ThreadStorage } from './storage.ts'

// What a tab hears of a thread that it has not read, or has not read whole.

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

const soon = () => vi.advanceTimersByTimeAsync(300)

/** A tab whose thread has two answers to its question, the first one shown, and a reply on its way. */
async function writingTab(storage: ThreadStorage): Promise<Tab> {
  const writer = openTab(storage)
  open.push(writer)
  for (const ask of [() => writer.chat.sendMessage('Hi'), () => writer.chat.regenerate()]) {
    await soon()
    void ask()
    await soon()
    writer.provider.say('Yes')
    writer.provider.finish('stop')
  }
  await soon()
  writer.chat.selectBranch(writer.chat.getState().messages[1]?.id ?? '', 0)
  void writer.chat.sendMessage('More')
  await soon()
  writer.provider.say('So')
  await soon()
  return writer
}

it('a reply that ends while its thread is being read stays where it is', async () => {
  const storage = memoryStorage()
  const writer = await writingTab(storage)
  const before = contents(writer.chat)
  const load = (id: string) => new Promise<void>((resolve) => setTimeout(resolve, 100)).then(() => storage.load(id))
  const other = openTab({ ...storage, load })
  open.push(other)
  writer.provider.finish('stop')
  await soon()
  for (const { chat } of [writer, other]) {
    expect(contents(chat)).toEqual(before)
    expect(chat.getState().forks.size).toBe(1)
  }
})

it('two tabs that do not know the same messages do not tell each other so for ever', async () => {
  const storage = memoryStorage()
  const writer = await writingTab(storage)
  const hidden = (await storage.load('a'))[1]?.id
  const load = async (id: string) => (await storage.load(id)).filter((row) => row.id !== hidden)
  open.push(openTab({ ...storage, load }))
  writer.provider.finish('stop')
  await soon()
  const save = vi.spyOn(storage, 'save')
  await vi.advanceTimersByTimeAsync(2000)
  expect(save).not.toHaveBeenCalled()
})
