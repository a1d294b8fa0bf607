import { resumable } from '@millrace/core'
import { createFakeProvider, pause, reply, say } from '@millrace/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contents, turn } from '../test-support/manual-chat.ts'
import { askedPage, closePages, freeLocks, openPage, visit } from '../test-support/saved-page.ts'
import { openTab, stubTabs } from '../test-support/tabs.ts'
import { resumeReply } from './resume-reply.ts'
import { memoryStorage } from './storage.ts'
import type { ThreadsOptions } from './threads.ts'

// A reply that was being written when its page died.

const script = reply(say('One two three '), pause(2000), say('four five six.'))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', undefined)
})
afterEach(() => {
  closePages()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function afterCrash(resume?: ThreadsOptions['resume']) {
  const { storage, provider } = await askedPage()
  await vi.advanceTimersByTimeAsync(1000)
  provider.say('lo wor')
  await vi.advanceTimersByTimeAsync(1000)
  freeLocks()
  const page = await openPage(storage, {}, resume)
  // It is known at once that nobody writes the reply, but only then.
  await turn()
  return page
}

it('is there, as incomplete', async () => {
  const { chat } = await afterCrash()
  expect(chat.getState().status).toBe('ready')
  expect(chat.getState().messages[1]).toMatchObject({
    content: 'Hello wor',
    status: 'done',
    finishReason: 'incomplete',
    error: { code: 'incomplete' },
  })
})

it('starts no request, and can be continued', async () => {
  const { chat, provider } = await afterCrash()
  expect(provider.requests).toHaveLength(0)
  const reply = chat.continueMessage()
  await turn()
  provider.say('ld')
  provider.finish('stop')
  expect(await reply).toMatchObject({ finishReason: 'stop', content: expect.stringMatching(/^Hello wor.*ld$/) })
})

it('is handed once to what may take it up again', async () => {
  const resume = vi.fn(() => Promise.reject(new TypeError('There is no stream.')))
  const { chat, storage } = await afterCrash(resume)
  expect(resume.mock.calls).toEqual([[chat, chat.getState().messages[1]?.id]])
  await vi.advanceTimersByTimeAsync(1000)
  await openPage(storage, {}, resume)
  expect(resume).toHaveBeenCalledOnce()
})

it('goes on by itself where its server has kept it, and is asked for no second time', async () => {
  const { fetch, requests } = createFakeProvider({ script, resumable: true })
  const options = { fetch, resume: resumable() }
  const storage = memoryStorage()
  const { chat: lost } = await openPage(storage, options)
  void lost.sendMessage('Count')
  await vi.advanceTimersByTimeAsync(1000)
  freeLocks()
  const { chat } = await openPage(storage, options, resumeReply)
  expect(chat.getState().status).toBe('streaming')
  expect(contents(chat)).toEqual(['Count', 'One two three '])
  await vi.advanceTimersByTimeAsync(5000)
  expect(chat.getState().messages[1]).toMatchObject({ content: 'One two three four five six.', finishReason: 'stop' })
  // The page that was lost lives on in this test, and reads its own.
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET'])
})

it('is saved as incomplete', async () => {
  const { storage } = await afterCrash()
  await vi.advanceTimersByTimeAsync(1000)
  expect((await storage.load('a'))[1]?.json).toContain('"finishReason":"incomplete"')
})

it('is taken up in StrictMode too, which connects each chat twice', async () => {
  const { storage } = await askedPage()
  await vi.advanceTimersByTimeAsync(1000)
  freeLocks()
  const resume = vi.fn(async () => {})
  const { threads, chat, leave } = visit(storage, {}, resume)
  leave()
  const { load } = storage
  vi.spyOn(storage, 'load').mockImplementation(
    (id) => new Promise((resolve) => setTimeout(() => resolve(load(id)), 100)),
  )
  const leaveAgain = threads.connect(chat)
  await vi.advanceTimersByTimeAsync(1000)
  expect(resume).toHaveBeenCalledOnce()
  leaveAgain()
})

describe('a reply whose page dies while another shows it', () => {
  async function afterCrashElsewhere(resume?: ThreadsOptions['resume'], isStopped = false) {
    stubTabs()
    const storage = memoryStorage()
    const { fetch } = createFakeProvider({ script, resumable: true })
    const options = { fetch, resume: resumable(), retry: { attempts: 0 } }
    const writer = openTab(storage, options)
    const other = openTab(storage, options, resume)
    await turn()
    void writer.chat.sendMessage('Count')
    await vi.advanceTimersByTimeAsync(500)
    expect(contents(other.chat)).toEqual(['Count', 'One two three '])
    writer.crash()
    if (isStopped) other.chat.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    return other
  }

  it('is taken up there', async () => {
    const { chat, close } = await afterCrashElsewhere(resumeReply)
    expect(chat.getState().messages[1]).toMatchObject({ content: 'One two three four five six.', finishReason: 'stop' })
    close()
  })

  it('is not taken up where it was stopped', async () => {
    const resume = vi.fn(async () => {})
    const { chat, close } = await afterCrashElsewhere(resume, true)
    expect(chat.getState().messages[1]).toMatchObject({ finishReason: 'aborted' })
    expect(resume).not.toHaveBeenCalled()
    close()
  })

  it('is incomplete there where nothing takes it up, and can be continued', async () => {
    const { chat, close } = await afterCrashElsewhere()
    expect(chat.getState()).toMatchObject({ status: 'ready', messages: [{}, { finishReason: 'incomplete' }] })
    void chat.continueMessage()
    expect(chat.getState().replyIds).toHaveLength(1)
    close()
  })
})
