import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openTab, stubTabs, type Tab } from '../test-support/tabs.ts'
import { answer, callsOf, callTools, idOf, outputsIn } from '../test-support/tool-chat.ts'
import { memoryStorage } from './storage.ts'
import { tool } from './tool.ts'

// A reply with two calls is being written in one tab: the first call runs, the second waits for a person.

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

async function twoTabs() {
  const finishes: (() => void)[] = []
  const slow = tool({ execute: () => new Promise<string>((resolve) => finishes.push(() => resolve('Slept.'))) })
  const wipe = tool({ needsApproval: true, execute: () => 'Wiped.' })
  const storage = memoryStorage()
  const tab = () => openTab(storage, { tools: { slow, wipe } })
  const [writer, other] = [tab(), tab()]
  open.push(writer, other)
  await soon()
  void writer.chat.sendMessage('Hi')
  await callTools(writer, ['slow', {}], ['wipe', {}])
  await soon()
  expect(callsOf(other).map(({ state }) => state)).toEqual(['input-available', 'approval-requested'])
  return { writer, other, storage, finishes }
}

it('what is allowed in another tab is run where the reply is written', async () => {
  const { writer, other, finishes } = await twoTabs()
  void other.chat.addToolApprovalResponse({ toolCallId: idOf(other, 1), approved: true })
  await soon()
  finishes[0]?.()
  await answer(writer, 'Done')
  expect(await outputsIn(writer.provider.requests[1])).toEqual(['Slept.', 'Wiped.'])
  expect(other.provider.requests).toHaveLength(0)
  await soon()
  expect(other.chat.getState().messages).toEqual(writer.chat.getState().messages)
})

it('what is declined in another tab is told to the model, with the reason', async () => {
  const { writer, other, finishes } = await twoTabs()
  void other.chat.addToolApprovalResponse({ toolCallId: idOf(other, 1), approved: false, reason: 'Not today.' })
  await soon()
  expect(callsOf(writer)[1]).toMatchObject({ state: 'output-error', approved: false })
  finishes[0]?.()
  await answer(writer, 'Done')
  expect(await outputsIn(writer.provider.requests[1])).toEqual(['Slept.', 'The user declined. Not today.'])
})

it('what is answered too late for whoever wrote the reply is gone on with where it was answered', async () => {
  const { writer, other, finishes } = await twoTabs()
  finishes[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(writer.chat.getState().status).toBe('ready')
  void other.chat.addToolApprovalResponse({ toolCallId: idOf(other, 1), approved: true })
  await soon()
  await answer(other, 'Done')
  expect(await outputsIn(other.provider.requests[0])).toEqual(['Slept.', 'Wiped.'])
  expect(writer.provider.requests).toHaveLength(1)
})

it('an older state of a reply never takes the place of what its writer saved', async () => {
  const { writer, other, storage, finishes } = await twoTabs()
  void other.chat.addToolApprovalResponse({ toolCallId: idOf(other, 1), approved: true })
  await vi.advanceTimersByTimeAsync(5)
  finishes[0]?.()
  await answer(writer, 'Done')
  await vi.advanceTimersByTimeAsync(2000)
  expect((await storage.load('a'))[1]?.json).toContain('Done')
})

it('nothing is run by itself after the tab that wrote the reply is gone', async () => {
  const { writer, other } = await twoTabs()
  writer.crash()
  void other.chat.addToolApprovalResponse({ toolCallId: idOf(other, 1), approved: true })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(other.chat.getState().messages[1]).toMatchObject({ finishReason: 'incomplete' })
  expect(callsOf(other)[1]?.state).toBe('approval-requested')
  expect(other.provider.requests).toHaveLength(0)
})
