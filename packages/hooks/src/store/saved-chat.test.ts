import { createMessage } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bodyOf, contents, manualChat, turn } from '../test-support/manual-chat.ts'
import { askedPage, closePages, openPage, visit } from '../test-support/saved-page.ts'
import { memoryStorage, type StorageChanges } from './storage.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', undefined)
})
afterEach(() => {
  closePages()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a thread that was saved', () => {
  it('is there with the next visit, branches and all', async () => {
    const { storage, chat, provider, leave } = await askedPage()
    provider.finish('stop')
    await turn()
    void chat.regenerate()
    await turn()
    provider.say('Other')
    provider.finish('stop')
    await turn()
    leave()
    await turn()
    const next = await openPage(storage)
    expect(contents(next.chat)).toEqual(['Hi', 'Other'])
    next.chat.selectBranch(next.chat.getState().messages[1]?.id ?? '', 0)
    expect(contents(next.chat)).toEqual(['Hi', 'Hel'])
  })

  it('shows the branch that was shown', async () => {
    const { storage, chat, provider, leave } = await askedPage()
    provider.finish('stop')
    await turn()
    void chat.regenerate()
    await turn()
    provider.finish('stop')
    await turn()
    chat.selectBranch(chat.getState().messages[1]?.id ?? '', 0)
    leave()
    await turn()
    expect(contents((await openPage(storage)).chat)).toEqual(['Hi', 'Hel'])
  })

  it('takes the place of what the chat begins with', async () => {
    const { storage, leave } = await askedPage()
    leave()
    await turn()
    const { chat } = visit(storage, { messages: [{ role: 'assistant', content: 'Welcome' }] })
    expect(contents(chat)).toEqual(['Welcome'])
    await turn()
    expect(contents(chat)).toEqual(['Hi', 'Hel'])
  })

  it('is what a chat was given that left before it was read', async () => {
    const { storage, chat, leave } = visit()
    chat.setMessages([createMessage({ role: 'user', content: 'Imported' })])
    leave()
    await turn()
    expect(contents((await openPage(storage)).chat)).toEqual(['Imported'])
  })

  it('is shown without a message that cannot be read, which is kept where it is', async () => {
    const { storage, leave } = await askedPage()
    leave()
    await turn()
    const [, reply] = await storage.load('a')
    if (reply) await storage.save({ threads: [], messages: [{ ...reply, json: '{"parts":' }] })
    const { chat, threads } = await openPage(storage)
    expect(contents(chat)).toEqual(['Hi'])
    expect(threads.getState().error?.code).toBe('not-json')
    expect(await storage.load('a')).toHaveLength(2)
  })

  it('is found though one of its messages cannot be read', async () => {
    const { storage, threads, leave } = await askedPage()
    leave()
    await turn()
    const [question] = await storage.load('a')
    if (question) await storage.save({ threads: [], messages: [{ ...question, json: '{' }] })
    expect(await threads.search('hel')).toMatchObject([{ id: 'a' }])
  })

  it('is empty after its messages were cleared', async () => {
    const { storage, chat, leave } = await askedPage()
    chat.clearMessages()
    leave()
    await turn()
    expect(await storage.load('a')).toEqual([])
  })
})

describe('a chat without a saved thread', () => {
  it('saves nothing before something is said', async () => {
    const { storage, leave } = await openPage(undefined, { messages: [{ role: 'assistant', content: 'Welcome' }] })
    leave()
    await turn()
    expect(await storage.list()).toEqual([])
  })

  it('then saves what it began with as well', async () => {
    const { storage, leave } = await askedPage(undefined, { messages: [{ role: 'assistant', content: 'Welcome' }] })
    leave()
    await turn()
    expect(contents((await openPage(storage)).chat)).toEqual(['Welcome', 'Hi', 'Hel'])
  })
})

describe('what is sent before the thread was read', () => {
  it('is asked with the whole of it', async () => {
    const { storage, leave } = await askedPage()
    leave()
    await turn()
    const { chat, provider } = visit(storage)
    void chat.sendMessage('Next')
    await turn()
    expect(contents(chat)).toEqual(['Hi', 'Hel', 'Next', ''])
    expect((await bodyOf(provider.requests[0])).messages).toHaveLength(3)
  })

  it('is sent all the same where reading takes too long', async () => {
    const storage = memoryStorage()
    vi.spyOn(storage, 'load').mockReturnValue(new Promise(() => {}))
    const { chat, provider } = visit(storage)
    void chat.sendMessage('Hi')
    await vi.advanceTimersByTimeAsync(3100)
    expect(provider.requests).toHaveLength(1)
  })

  it('is kept on a branch of its own where the thread comes after it', async () => {
    const { storage, leave } = await askedPage()
    leave()
    await turn()
    const { load } = storage
    vi.spyOn(storage, 'load').mockImplementation(
      (id) => new Promise((resolve) => setTimeout(() => resolve(load(id)), 5000)),
    )
    const { chat } = visit(storage)
    vi.advanceTimersByTime(1)
    void chat.sendMessage('Early')
    await vi.advanceTimersByTimeAsync(6000)
    expect(contents(chat)).toEqual(['Early', ''])
    chat.selectBranch(chat.getState().messages[0]?.id ?? '', 0)
    expect(contents(chat)).toEqual(['Hi', 'Hel'])
  })
})

describe('writing', () => {
  const written = (storage = memoryStorage()) => {
    const changes: StorageChanges[] = []
    const { save } = storage
    vi.spyOn(storage, 'save').mockImplementation((each) => {
      changes.push(each)
      return save(each)
    })
    return { storage, changes }
  }

  it('happens at most every 300 ms while a reply grows, and no later', async () => {
    const { storage, changes } = written()
    const { provider } = await askedPage(storage)
    await vi.advanceTimersByTimeAsync(1000)
    changes.length = 0
    for (let i = 0; i < 400; i++) {
      provider.say('l')
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(changes.length).toBeGreaterThanOrEqual(12)
    expect(changes.length).toBeLessThanOrEqual(14)
  })

  it('happens at once when something is asked, though something was saved just before', async () => {
    const { storage, threads, chat } = await openPage()
    threads.rename('b', 'Another')
    chat.setMessages([{ role: 'assistant', content: 'Welcome' }])
    void chat.sendMessage('Hi')
    await turn()
    const saved = await storage.load('a')
    expect(saved.map(({ json }) => JSON.parse(json ?? '').role)).toEqual(['assistant', 'user', 'assistant'])
  })

  it('happens at once when a message is deleted', async () => {
    const { storage, chat, provider } = await askedPage()
    provider.finish('stop')
    await turn()
    chat.setMessages((messages) => messages.slice(0, 1))
    await turn()
    expect(await storage.load('a')).toHaveLength(1)
  })

  it('happens at once at the end', async () => {
    const { storage, provider } = await askedPage()
    await vi.advanceTimersByTimeAsync(1000)
    provider.say('l')
    await turn()
    provider.say('o')
    provider.finish('stop')
    await turn()
    const [, reply] = await storage.load('a')
    expect(reply?.json).toContain('"text":"Hello"')
  })

  it('happens at once at the end also where what waits cannot be sent', async () => {
    const { storage, chat, provider } = await askedPage()
    await vi.advanceTimersByTimeAsync(1000)
    const unsendable = expect(chat.sendMessage('Next', { body: { top_k: 1n } })).rejects.toThrow(TypeError)
    provider.finish('stop')
    await unsendable
    await turn()
    const [, reply] = await storage.load('a')
    expect(reply?.json).toContain('"finishReason":"stop"')
  })

  it('writes the message that grows and no other, however many there are', async () => {
    const { storage, changes } = written()
    const messages = Array.from({ length: 1000 }, (_, i) => createMessage({ role: 'user', content: `${i}` }))
    const { provider } = await askedPage(storage, { messages })
    await vi.advanceTimersByTimeAsync(1000)
    changes.length = 0
    provider.say('lo')
    await vi.advanceTimersByTimeAsync(1000)
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ threads: [], messages: [{ json: expect.stringContaining('Hello') }] })
  })

  it('does not wait for its turn when the page is hidden', async () => {
    vi.stubGlobal('addEventListener', vi.fn())
    const { storage, provider } = await askedPage()
    await vi.advanceTimersByTimeAsync(1000)
    provider.say('lo')
    await turn()
    provider.say('!')
    await turn()
    const [, onPageHide] = vi.mocked(addEventListener).mock.calls.find(([type]) => type === 'pagehide') ?? []
    ;(onPageHide as () => void)()
    await turn()
    const [, reply] = await storage.load('a')
    expect(reply?.json).toContain('"text":"Hello!"')
  })
})

describe('a chat that goes away', () => {
  it('is saved with its reply stopped', async () => {
    const { storage, provider, leave } = await askedPage()
    provider.say('lo')
    await turn()
    leave()
    await turn()
    expect((await openPage(storage)).chat.getState().messages[1]).toMatchObject({
      content: 'Hello',
      finishReason: 'aborted',
    })
  })

  it('takes back what it was to send once the thread was read', async () => {
    const { chat, provider, leave } = visit()
    const reply = chat.sendMessage('Hi')
    leave()
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(provider.requests).toHaveLength(0)
  })

  it('saves nothing of what becomes of it after', async () => {
    const { storage, chat, leave } = await openPage()
    await vi.advanceTimersByTimeAsync(1000)
    chat.setMessages([{ role: 'user', content: 'Saved' }])
    chat.setMessages((messages) => [...messages, { role: 'assistant', content: 'Saved' }])
    leave()
    chat.setMessages((messages) => [...messages, { role: 'user', content: 'Unsaved' }])
    await vi.advanceTimersByTimeAsync(1000)
    expect(await storage.load('a')).toHaveLength(2)
  })

  it('has its thread back when it comes back, as in StrictMode', async () => {
    const { chat, threads, leave } = await askedPage()
    leave()
    const leaveAgain = threads.connect(chat)
    await turn()
    expect(contents(chat)).toEqual(['Hi', 'Hel'])
    leaveAgain()
  })
})

it('shows one answer in two chats of one page, of one request', async () => {
  const { threads, provider } = await askedPage()
  const second = manualChat({ id: 'a' })
  const leave = threads.connect(second.chat)
  await vi.waitFor(() => expect(contents(second.chat)).toEqual(['Hi', 'Hel']))
  provider.say('lo')
  await vi.waitFor(() => expect(contents(second.chat)).toEqual(['Hi', 'Hello']))
  provider.finish('stop')
  await vi.waitFor(() => expect(second.chat.getState().status).toBe('ready'))
  expect(second.provider.requests).toHaveLength(0)
  leave()
})
