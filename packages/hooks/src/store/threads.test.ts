import { createMessage } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { manualChat, turn } from '../test-support/manual-chat.ts'
import { memoryStorage } from './storage.ts'
import { createThreads, type Threads, type ThreadsOptions } from './threads.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', undefined)
})
const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function openThreads(options: Partial<ThreadsOptions> = {}): Promise<Threads> {
  const threads = createThreads({ storage: memoryStorage(), ...options })
  open.push(threads.subscribe(() => {}))
  await turn()
  return threads
}

const titles = (threads: Threads) => threads.getState().threads.map(({ title }) => title)

/** Has a message sent and answered in the thread of that id. */
async function talk(threads: Threads, id: string, text: string): Promise<void> {
  const { chat, provider } = manualChat({ id })
  const disconnect = threads.connect(chat)
  await turn()
  const reply = chat.sendMessage(text)
  await turn()
  provider.say(`Of ${text}.`)
  provider.finish('stop')
  await reply
  disconnect()
  await vi.advanceTimersByTimeAsync(1000)
}

describe('the list', () => {
  it('is loading until it has been read', async () => {
    const threads = createThreads({ storage: memoryStorage() })
    expect(threads.getState()).toMatchObject({ status: 'loading', threads: [] })
    open.push(threads.subscribe(() => {}))
    await turn()
    expect(threads.getState().status).toBe('ready')
  })

  it('touches nothing before it is used', () => {
    const storage = memoryStorage()
    const list = vi.spyOn(storage, 'list')
    createThreads({ storage })
    expect(list).not.toHaveBeenCalled()
  })

  it('has the threads of another visit', async () => {
    const storage = memoryStorage()
    const threads = await openThreads({ storage })
    threads.create({ title: 'Kept' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(titles(await openThreads({ storage }))).toEqual(['Kept'])
  })

  it('begins with what was said last', async () => {
    const threads = await openThreads()
    await talk(threads, 'a', 'Apples')
    await talk(threads, 'b', 'Berries')
    expect(titles(threads)).toEqual(['Berries', 'Apples'])
    await talk(threads, 'a', 'More')
    expect(titles(threads)).toEqual(['Apples', 'Berries'])
  })

  it('tells nobody that a growing reply was saved', async () => {
    const threads = await openThreads()
    const { chat, provider } = manualChat({ id: 'growing' })
    const disconnect = threads.connect(chat)
    void chat.sendMessage('Hi')
    await turn()
    provider.say('One')
    await vi.advanceTimersByTimeAsync(1000)
    const before = threads.getState()
    provider.say(' two')
    await vi.advanceTimersByTimeAsync(1000)
    expect(chat.getState().messages.at(-1)?.content).toBe('One two')
    expect(threads.getState()).toBe(before)
    disconnect()
  })

  it('selects what is created', async () => {
    const threads = await openThreads()
    const id = threads.create()
    expect(threads.getState().selectedId).toBe(id)
    threads.select(undefined)
    expect(threads.getState().selectedId).toBeUndefined()
  })
})

describe('a title', () => {
  it('is the first line by the user, and not too long', async () => {
    const threads = await openThreads()
    await talk(threads, 'a', `${'long '.repeat(40)}\nmore`)
    expect(titles(threads)[0]).toMatch(/^long .*long $/)
    expect(titles(threads)[0]?.length).toBe(80)
  })

  it('is what the application makes of the messages, once it makes something', async () => {
    const titleOf = vi.fn((messages: readonly unknown[]) => (messages.length > 1 ? 'By hand' : undefined))
    const threads = await openThreads({ titleOf })
    await talk(threads, 'a', 'Hi')
    expect(titles(threads)).toEqual(['By hand'])
  })

  it('stays what a person has called it', async () => {
    const threads = await openThreads()
    await talk(threads, 'a', 'Hi')
    threads.rename('a', 'Mine')
    await talk(threads, 'a', 'More')
    expect(titles(threads)).toEqual(['Mine'])
  })
})

describe('removing', () => {
  it('can be taken back', async () => {
    const threads = await openThreads()
    await talk(threads, 'a', 'Hi')
    const undo = threads.remove('a')
    expect(titles(threads)).toEqual([])
    undo()
    expect(titles(threads)).toEqual(['Hi'])
  })

  it('can be taken back for a minute each time', async () => {
    const threads = await openThreads()
    await talk(threads, 'a', 'Hi')
    threads.remove('a')()
    await vi.advanceTimersByTimeAsync(50_000)
    const undo = threads.remove('a')
    await vi.advanceTimersByTimeAsync(50_000)
    undo()
    expect(titles(threads)).toEqual(['Hi'])
  })

  it('deletes the messages after a minute', async () => {
    const storage = memoryStorage()
    const threads = await openThreads({ storage })
    await talk(threads, 'a', 'Hi')
    const undo = threads.remove('a')
    await vi.advanceTimersByTimeAsync(61_000)
    undo()
    expect(titles(threads)).toEqual([])
    expect(await storage.load('a')).toEqual([])
  })

  it('deletes them with the next visit where the page did not live that long', async () => {
    const storage = memoryStorage()
    await storage.save({
      threads: [{ id: 'a', title: 'Old', createdAt: 1, updatedAt: 1, shown: [], removedAt: Date.now() - 90_000 }],
      messages: [{ threadId: 'a', id: 'm', parentId: '', place: 0, json: '{}' }],
    })
    expect(titles(await openThreads({ storage }))).toEqual([])
    expect(await storage.load('a')).toEqual([])
  })

  it('stops the reply that is being written in it', async () => {
    const threads = await openThreads()
    const { chat, provider } = manualChat({ id: 'a' })
    open.push(threads.connect(chat))
    await turn()
    const reply = chat.sendMessage('Hi')
    await turn()
    provider.say('Hel')
    await turn()
    threads.remove('a')
    expect(await reply).toMatchObject({ content: 'Hel', finishReason: 'aborted' })
    expect(titles(threads)).toEqual([])
  })

  it('is undone by going on with it', async () => {
    const storage = memoryStorage()
    const threads = await openThreads({ storage })
    await talk(threads, 'a', 'Hi')
    const { chat, provider } = manualChat({ id: 'a' })
    open.push(threads.connect(chat))
    await turn()
    threads.remove('a')
    await vi.advanceTimersByTimeAsync(61_000)
    void chat.sendMessage('Still here')
    await turn()
    provider.finish('stop')
    await vi.advanceTimersByTimeAsync(1000)
    expect(titles(threads)).toEqual(['Hi'])
    expect(await storage.load('a')).toHaveLength(4)
  })

  it('closes it', async () => {
    const threads = await openThreads()
    threads.create({ id: 'a' })
    threads.remove('a')
    expect(threads.getState().selectedId).toBeUndefined()
  })
})

describe('searching', () => {
  async function searched(text: string) {
    const threads = await openThreads()
    await talk(threads, 'a', 'Đường về Huế')
    await talk(threads, 'b', 'Rain in spring')
    return (await threads.search(text)).map(({ id }) => id)
  }

  it.each([
    ['duong', ['a']],
    ['HUẾ', ['a']],
    ['Of Rain', ['b']],
    ['nowhere', []],
    ['', ['b', 'a']],
  ])('finds %j in titles and messages, whatever case and accents', async (text, ids) => {
    expect(await searched(text)).toEqual(ids)
  })
})

describe('a storage that fails', () => {
  it('is told of once, loses nothing, and is tried again', async () => {
    const storage = memoryStorage()
    const onError = vi.fn()
    const save = vi.spyOn(storage, 'save').mockRejectedValue(new DOMException('', 'QuotaExceededError'))
    const threads = await openThreads({ storage, onError })
    await talk(threads, 'a', 'Hi')
    expect(threads.getState().error).toMatchObject({ code: 'full', message: expect.stringContaining('remove some') })
    expect(onError).toHaveBeenCalledOnce()
    save.mockRestore()
    await vi.advanceTimersByTimeAsync(6000)
    expect(threads.getState().error).toBeUndefined()
    expect(await storage.load('a')).toHaveLength(2)
  })

  it('keeps the newer of two where it refuses the older late', async () => {
    const storage = memoryStorage()
    const threads = await openThreads({ storage })
    let refuse = () => {}
    vi.spyOn(storage, 'save').mockImplementationOnce(
      () =>
        new Promise((_, reject) => {
          refuse = () => reject(new Error('broken'))
        }),
    )
    threads.create({ id: 'a', title: 'Older' })
    threads.rename('a', 'Newer')
    refuse()
    await vi.advanceTimersByTimeAsync(6000)
    expect(await storage.list()).toMatchObject([{ title: 'Newer' }])
  })

  it('shows a thread again that it could not take', async () => {
    const storage = memoryStorage()
    vi.spyOn(storage, 'save').mockRejectedValue(new Error('broken'))
    const threads = await openThreads({ storage })
    await talk(threads, 'a', 'Hi')
    const { chat } = manualChat({ id: 'a' })
    open.push(threads.connect(chat))
    await turn()
    expect(chat.getState().messages.map(({ content }) => content)).toEqual(['Hi', 'Of Hi.'])
  })

  it('leaves the list empty and the chats working where it cannot be read', async () => {
    const storage = memoryStorage()
    vi.spyOn(storage, 'list').mockRejectedValue(new Error('private mode'))
    vi.spyOn(storage, 'load').mockRejectedValue(new Error('private mode'))
    const threads = await openThreads({ storage })
    expect(threads.getState()).toMatchObject({ status: 'ready', error: { code: 'unavailable' } })
    await talk(threads, 'a', 'Hi')
    expect(titles(threads)).toEqual(['Hi'])
  })

  it('is no reason to lose messages that are no JSON', async () => {
    const storage = memoryStorage()
    const onError = vi.fn()
    const threads = await openThreads({ storage, onError })
    const { chat } = manualChat({ id: 'a' })
    open.push(threads.connect(chat))
    await turn()
    chat.setMessages([
      createMessage({ role: 'user', content: 'Hi', metadata: { big: 1n } }),
      { role: 'user', content: 'So' },
    ])
    await vi.advanceTimersByTimeAsync(1000)
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'not-json' }))
    expect(await storage.load('a')).toHaveLength(1)
  })
})
