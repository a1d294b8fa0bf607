import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { contents, turn } from '../test-support/manual-chat.ts'
import { askedPage, closePages } from '../test-support/saved-page.ts'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import { memoryStorage } from './storage.ts'

// A reply has failed, and what happens elsewhere is no reason to forget that.

beforeEach(() => {
  vi.useFakeTimers()
  stubTabs()
})
const open: Tab[] = []
afterEach(() => {
  closePages()
  for (const tab of open.splice(0)) tab.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function twoTabs() {
  const storage = memoryStorage()
  const [writer, other] = [openTab(storage), openTab(storage)]
  open.push(writer, other)
  await turn()
  void writer.chat.sendMessage('Hi')
  await say(writer, 'One')
  return { writer, other }
}

async function say({ provider }: Tab, text: string): Promise<void> {
  await turn()
  provider.say(text)
  await vi.advanceTimersByTimeAsync(300)
}

const muchLater = () => vi.advanceTimersByTimeAsync(10_000)
const failed = { status: 'error', error: { code: 'server-error' } }

it('it stays when the thread gets another name, and what waits behind it goes on waiting', async () => {
  const { chat, provider, threads } = await askedPage()
  void chat.sendMessage('Next')
  provider.lose()
  await turn()
  threads.rename('a', 'Mine')
  await turn()
  expect(chat.getState()).toMatchObject({ status: 'error', error: { code: 'incomplete' }, queue: [{}] })
})

it('it stays when the writer of a reply that was stopped before is lost', async () => {
  const { writer, other } = await twoTabs()
  writer.crash()
  other.chat.stop()
  other.provider.failNext(500)
  void other.chat.sendMessage('Next')
  await turn()
  expect(other.chat.getState()).toMatchObject(failed)
  await muchLater()
  expect(other.chat.getState()).toMatchObject(failed)
})

it('it stays when the writer of a reply on another branch is lost', async () => {
  const { writer, other } = await twoTabs()
  writer.provider.finish('stop')
  await turn()
  void writer.chat.regenerate()
  await say(writer, 'Two')
  other.chat.selectBranch(other.chat.getState().messages[1]?.id ?? '', 0)
  expect(contents(other.chat)).toEqual(['Hi', 'One'])
  other.provider.failNext(500)
  void other.chat.continueMessage()
  await vi.advanceTimersByTimeAsync(300)
  writer.crash()
  await muchLater()
  expect(other.chat.getState()).toMatchObject(failed)
})
