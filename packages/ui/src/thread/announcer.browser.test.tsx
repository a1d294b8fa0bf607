import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Announcer, type Announces } from './announcer.tsx'

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(async () => {
  await cleanup()
  vi.useRealTimers()
})

/** Everything that was ever said, as a screen reader hears it: what appears in a region. */
async function renderHeard(announces?: Announces) {
  const heard: string[] = []
  const { store, provider, wrapper: Wrapper } = createTestChat()
  const { container } = await render(
    <Wrapper>
      <Announcer announces={announces} />
    </Wrapper>,
  )
  const before = new Map<Element, string>()
  function listen(): void {
    for (const region of container.querySelectorAll('[role="status"], [role="alert"]')) {
      const text = region.textContent ?? ''
      if (text !== '' && text !== before.get(region)) heard.push(`${region.role === 'alert' ? '! ' : ''}${text}`)
      before.set(region, text)
    }
  }
  const observer = new MutationObserver(listen)
  observer.observe(container, { subtree: true, childList: true, characterData: true })
  void store.sendMessage('How does it turn?')
  await expect.poll(() => provider.requests).toHaveLength(1)
  await expect.poll(() => store.getState().status).not.toBe('ready')

  /** Writes on, and has some time pass. */
  async function write(text: string, ms: number): Promise<void> {
    const length = (store.getState().messages.at(-1)?.content ?? '').length + text.length
    provider.say(text)
    await expect.poll(() => store.getState().messages.at(-1)?.content.length).toBe(length)
    vi.advanceTimersByTime(ms)
  }

  async function end(reason?: 'stop'): Promise<void> {
    provider.finish(reason)
    await expect.poll(() => store.getState().replyIds).toEqual([])
  }

  return { heard, store, write, end }
}

it('says an answer in sentences, two seconds at a time, between its beginning and its end', async () => {
  const { heard, write, end } = await renderHeard()
  await expect.poll(() => heard).toEqual([en.announceStart])
  await write('## The wheel\n\nIt turns, e.g. in the **race**. Dr. Lý built it. Wh', 1_900)
  await expect.poll(() => heard).toHaveLength(1)
  await write('y', 100)
  await write('?\n\n- Water\n- Weight\n\n```ts\nturn(', 2_000)
  await write(')\n```\n\nNước chảy đá mòn. Vâng', 2_000)
  await write(', vâng', 2_000)
  await end('stop')
  await expect.poll(() => heard.at(-1)).toMatch(/Answer complete/)
  expect(heard).toEqual([
    en.announceStart,
    'The wheel. It turns, e.g. in the race. Dr. Lý built it.',
    'Why? Water. Weight. Code in ts.',
    'Nước chảy đá mòn.',
    `Vâng, vâng. ${en.announceEnd(27)}`,
  ])
})

it('says nothing while nothing is finished', async () => {
  const { heard, write } = await renderHeard()
  await write('A sentence that goes on and on', 10_000)
  await expect.poll(() => heard).toEqual([en.announceStart])
})

it.each([
  ['boundaries', [en.announceStart, en.announceEnd(4)]],
  ['end', [en.announceStart, `One. Two three. Four. ${en.announceEnd(4)}`]],
  ['off', []],
] as const)('is told how much to say: %s', async (announces, sentences) => {
  const { heard, write, end } = await renderHeard(announces)
  await write('One. Two three. Four', 5_000)
  await end('stop')
  await expect.poll(() => heard).toEqual(sentences)
})

it('says a failure at once, and once', async () => {
  const { heard, write, end } = await renderHeard()
  await write('One. Two', 0)
  await end()
  const failure = en.announceFailed(en.cutOff.title)
  await expect.poll(() => heard).toEqual([en.announceStart, `! ${failure}`])
})

it('leaves off where it is stopped', async () => {
  const { heard, store, write } = await renderHeard()
  await write('One. Two', 0)
  store.stop()
  await expect.poll(() => heard).toEqual([en.announceStart, en.announceStopped])
})

it('empties its regions once it was heard, so that nothing is there twice', async () => {
  const { heard } = await renderHeard()
  await expect.poll(() => heard).toHaveLength(1)
  await expect.poll(() => document.body.textContent, { timeout: 5_000 }).not.toContain(en.announceStart)
})

it('says a failure even where it is told to be silent', async () => {
  const { heard, end } = await renderHeard('off')
  await end()
  await expect.poll(() => heard).toEqual([`! ${en.announceFailed(en.cutOff.title)}`])
})
