import { afterEach, describe, expect, it, vi } from 'vitest'
import { contents, manualChat } from '../test-support/manual-chat.ts'
import { indexedDBStorage } from './indexed-db-storage.ts'
import { createThreads, type ThreadsOptions } from './threads.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
  vi.unstubAllGlobals()
})

const channels: BroadcastChannel[] = []
class NotedChannel extends BroadcastChannel {
  constructor(name: string) {
    super(name)
    channels.push(this)
  }
}

/** Two lists in one page are to each other as in two tabs. */
function openTab(name: string, resume?: ThreadsOptions['resume']) {
  vi.stubGlobal('BroadcastChannel', NotedChannel)
  const threads = createThreads({ storage: indexedDBStorage({ name }), ...(resume && { resume }) })
  open.push(threads.subscribe(() => {}))
  const channel = channels.at(-1)
  const { chat, provider } = manualChat({ id: 'a' })
  const leave = threads.connect(chat)
  open.push(leave)

  /** It says nothing any more, and what it held is free. */
  async function crash(): Promise<void> {
    if (channel) channel.postMessage = () => {}
    channel?.close()
    for (const { name: lock = '' } of (await navigator.locks?.query())?.held ?? [])
      navigator.locks.request(lock, { steal: true }, () => {}).catch(() => {})
  }

  return { threads, chat, provider, leave, crash }
}

const soon = (assertion: () => void | Promise<void>) => vi.waitFor(assertion, { timeout: 5000, interval: 10 })

async function twoTabs(resume?: ThreadsOptions['resume']) {
  const name = `test-${Math.random()}`
  open.push(() => indexedDB.deleteDatabase(name))
  const [one, other] = [openTab(name), openTab(name, resume)]
  await soon(() => expect(other.threads.getState().status).toBe('ready'))
  const reply = one.chat.sendMessage('Hi')
  await soon(() => expect(one.provider.requests).toHaveLength(1))
  one.provider.say('Hel')
  return { name, one, other, reply }
}

const tell = (hasLocks: boolean) => {
  if (!hasLocks) vi.stubGlobal('navigator', { locks: undefined })
}

describe.each([
  ['with Web Locks', true],
  ['without them', false],
])('two tabs %s', (_, hasLocks) => {
  it('show one answer, of one request', async () => {
    tell(hasLocks)
    const { one, other, reply } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    expect(other.chat.getState().status).toBe('streaming')
    one.provider.say('lo')
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hello']))
    one.provider.finish('stop')
    await reply
    await soon(() => expect(other.chat.getState().status).toBe('ready'))
    expect(other.chat.getState().messages).toEqual(one.chat.getState().messages)
    expect(other.provider.requests).toHaveLength(0)
  })

  it('show a reply that was on its way when the other was opened', async () => {
    tell(hasLocks)
    const { name, one, other } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    const storage = indexedDBStorage({ name })
    await soon(async () => expect(JSON.stringify(await storage.load('a'))).toContain('Hel'))
    const third = openTab(name)
    await soon(() => expect(contents(third.chat)).toEqual(['Hi', 'Hel']))
    one.provider.say('lo')
    await soon(() => expect(contents(third.chat)).toEqual(['Hi', 'Hello']))
    expect(third.chat.getState().status).toBe('streaming')
  })

  it('mark a reply as incomplete whose writer is gone', async () => {
    tell(hasLocks)
    const { one, other } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    await one.crash()
    await soon(() => expect(other.chat.getState().messages[1]).toMatchObject({ finishReason: 'incomplete' }))
    expect(other.chat.getState().messages[1]?.error?.code).toBe('incomplete')
    void other.chat.continueMessage()
    await soon(() => expect(other.provider.requests).toHaveLength(1))
  })
})

describe('the tab that does not write the reply', () => {
  it('stops it in both', async () => {
    const { one, other, reply } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    other.chat.stop()
    expect(other.chat.getState().status).toBe('ready')
    expect(await reply).toMatchObject({ finishReason: 'aborted', content: 'Hel' })
    expect(one.provider.cancelled).toBe(1)
  })

  it('goes away without stopping it', async () => {
    const { one, other } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    other.leave()
    one.provider.say('lo')
    await soon(() => expect(contents(one.chat)).toEqual(['Hi', 'Hello']))
    expect(one.chat.getState().status).toBe('streaming')
  })

  it('sends after its end', async () => {
    const { one, other, reply } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    const next = other.chat.sendMessage('Next')
    expect(other.chat.getState().queue).toHaveLength(1)
    one.provider.finish('stop')
    await reply
    await soon(() => expect(other.provider.requests).toHaveLength(1))
    other.provider.say('So')
    other.provider.finish('stop')
    await next
    await soon(() => expect(contents(one.chat)).toEqual(['Hi', 'Hel', 'Next', 'So']))
  })

  it('sends after all that waits in the other', async () => {
    const { one, other } = await twoTabs()
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    void one.chat.sendMessage('Second')
    void other.chat.sendMessage('Third')
    one.provider.finish('stop')
    await soon(() => expect(one.provider.requests).toHaveLength(2))
    one.provider.finish('stop')
    await soon(() => expect(other.provider.requests).toHaveLength(1))
    await soon(() => expect(contents(one.chat)).toEqual(['Hi', 'Hel', 'Second', '', 'Third', '']))
    expect(one.chat.getState().forks.size).toBe(0)
  })
})

describe('the tabs that are left when the one that writes a reply is gone', () => {
  it('take it up once, in one of them', async () => {
    let end = () => {}
    const resume = vi.fn(() => new Promise<void>((resolve) => (end = resolve)))
    const { name, one, other } = await twoTabs(resume)
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Hel']))
    const third = openTab(name, resume)
    await soon(() => expect(contents(third.chat)).toEqual(['Hi', 'Hel']))
    await one.crash()
    await soon(() => expect(resume).toHaveBeenCalled())
    await soon(() => expect(other.chat.getState().messages[1]).toMatchObject({ finishReason: 'incomplete' }))
    await soon(() => expect(third.chat.getState().messages[1]).toMatchObject({ finishReason: 'incomplete' }))
    end()
    const locks = async () => (await navigator.locks.query()).pending
    await soon(async () => expect(await locks()).toEqual([]))
    expect(resume.mock.calls).toEqual([[expect.anything(), one.chat.getState().messages[1]?.id]])
  })
})

describe('the lists of two tabs', () => {
  it('have the same threads, titles and branches', async () => {
    const { one, other, reply } = await twoTabs()
    one.provider.finish('stop')
    await reply
    await soon(() => expect(other.threads.getState().threads).toMatchObject([{ id: 'a', title: 'Hi' }]))
    other.threads.rename('a', 'Greeting')
    await soon(() => expect(one.threads.getState().threads).toMatchObject([{ title: 'Greeting' }]))
    void one.chat.regenerate()
    await soon(() => expect(one.provider.requests).toHaveLength(2))
    one.provider.say('Other')
    one.provider.finish('stop')
    await soon(() => expect(contents(other.chat)).toEqual(['Hi', 'Other']))
    await soon(() => expect(other.chat.getState().status).toBe('ready'))
    other.chat.selectBranch(other.chat.getState().messages[1]?.id ?? '', 0)
    await soon(() => expect(contents(one.chat)).toEqual(['Hi', 'Hel']))
    const undo = one.threads.remove('a')
    await soon(() => expect(other.threads.getState().threads).toEqual([]))
    undo()
    await soon(() => expect(other.threads.getState().threads).toHaveLength(1))
  })

  it('keep what both say at the same time, as branches', async () => {
    const { one, other, reply } = await twoTabs()
    one.provider.finish('stop')
    await reply
    await soon(() => expect(other.chat.getState().status).toBe('ready'))
    void one.chat.sendMessage('From one')
    void other.chat.sendMessage('From other')
    await soon(() => expect(one.chat.getState().forks.size).toBe(1))
    await soon(() => expect(other.chat.getState().forks.size).toBe(1))
    one.provider.finish('stop')
    other.provider.finish('stop')
    await soon(() => expect(one.chat.getState().status).toBe('ready'))
    await soon(() => expect(other.chat.getState().status).toBe('ready'))
    await soon(() => expect([...one.chat.getState().forks.values()][0]?.ids).toHaveLength(2))
  })
})
