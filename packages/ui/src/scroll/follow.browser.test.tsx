import type { MessageInit } from '@millrace/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { en } from '../strings/en.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'

const line = 'Water turns the wheel.\n'
const text = (id: string, lines: number): MessageInit => ({ id, role: 'assistant', content: line.repeat(lines) })
const question: MessageInit = { id: 'q', role: 'user', content: 'How?' }

let chat: TestChat
let box: HTMLElement
let log: HTMLElement
let lines: number

const distanceToEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop
const atEnd = () => expect.poll(distanceToEnd).toBeLessThan(1)
const jumpButton = () => page.getByRole('button', { name: en.jumpToLatest })

/** More of the answer, and the frame in which it is laid out. */
async function grow(by = 5): Promise<void> {
  lines += by
  chat.store.setMessages([question, text('a', lines)])
  await nextFrame()
}

async function nextFrame(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
}

beforeEach(async () => {
  lines = 40
  chat = createTestChat({ messages: [question, text('a', lines)] })
  await render(
    <div className="millrace" data-testid="box" style={{ blockSize: 400, display: 'grid' }}>
      <Thread />
    </div>,
    { wrapper: chat.wrapper },
  )
  box = page.getByTestId('box').element() as HTMLElement
  log = page.getByRole('log').element() as HTMLElement
  await atEnd()
})
afterEach(() => cleanup())

describe('a reader at the end', () => {
  it('is taken along while the answer grows', async () => {
    for (let chunk = 0; chunk < 5; chunk++) {
      await grow()
      expect(distanceToEnd()).toBeLessThan(1)
    }
  })

  it('stays there whatever the layout does', async () => {
    box.style.blockSize = '250px'
    await nextFrame()
    expect(distanceToEnd()).toBeLessThan(1)
    box.style.blockSize = '420px'
    await nextFrame()
    box.style.inlineSize = '300px'
    await nextFrame()
    chat.store.setMessages([question, text('a', 20)])
    await nextFrame()
    await grow()
    expect(distanceToEnd()).toBeLessThan(1)
    await expect.element(jumpButton()).not.toBeInTheDocument()
  })

  it('sees what is unfolded, and not the end of what it pushes away', async () => {
    const thought = { type: 'reasoning', text: line.repeat(30), state: 'done' } as const
    const rest = { type: 'text', text: line.repeat(3), state: 'done' } as const
    chat.store.setMessages([question, text('a', lines), { id: 'b', role: 'assistant', parts: [thought, rest] }])
    await nextFrame()
    const top = log.scrollTop
    await userEvent.click(page.getByText(en.thought))
    await nextFrame()
    expect(log.scrollTop).toBe(top)
    expect(distanceToEnd()).toBeGreaterThan(100)
  })
})

describe('a reader who goes up', () => {
  it.each([
    ['the wheel', () => userEvent.wheel(log, { delta: { y: -10 } })],
    ['PageUp', () => pressInLog('{PageUp}')],
    ['ArrowUp', () => pressInLog('{ArrowUp}')],
    ['Home', () => pressInLog('{Home}')],
    ['anything that scrolls', async () => log.scrollTo({ top: log.scrollTop - 100 })],
  ])('is let go by %s', async (_, goUp) => {
    const before = log.scrollTop
    await goUp()
    await expect.poll(() => log.scrollTop).toBeLessThan(before)
    const top = await settledTop()
    await grow(20)
    expect(log.scrollTop).toBe(top)
    await expect.element(jumpButton()).toBeInTheDocument()
  })

  it('is taken along again near the end', async () => {
    await userEvent.wheel(log, { delta: { y: -300 } })
    await expect.element(jumpButton()).toBeInTheDocument()
    log.scrollTo({ top: log.scrollHeight - log.clientHeight - 20 })
    await expect.element(jumpButton()).not.toBeInTheDocument()
    await grow()
    expect(distanceToEnd()).toBeLessThan(1)
  })

  it('learns how much is new, and goes there at the press of a button', async () => {
    await userEvent.wheel(log, { delta: { y: -300 } })
    await expect.element(jumpButton()).toBeInTheDocument()
    chat.store.setMessages([question, text('a', lines), text('b', 3), text('c', 3)])
    await userEvent.click(page.getByRole('button', { name: en.newMessages(2) }))
    await atEnd()
    expect(document.activeElement).toBe(log.querySelector('article:last-child'))
    await expect.element(jumpButton()).not.toBeInTheDocument()
  })

  it('goes to the end with a message that is sent at once', async () => {
    await userEvent.wheel(log, { delta: { y: -300 } })
    await expect.element(jumpButton()).toBeInTheDocument()
    void chat.store.sendMessage('Next')
    await atEnd()
  })

  it('stays with a message that leaves the queue', async () => {
    void chat.store.sendMessage('First')
    void chat.store.sendMessage('Second')
    await expect.poll(() => chat.provider.requests.length).toBe(1)
    chat.provider.say(line.repeat(40))
    await expect.poll(() => chat.store.getState().messages.at(-1)?.content.length).toBeGreaterThan(0)
    await nextFrame()
    await atEnd()
    await userEvent.wheel(log, { delta: { y: -300 } })
    await expect.element(jumpButton()).toBeInTheDocument()
    const top = await settledTop()
    chat.provider.finish('stop')
    await expect.poll(() => chat.store.getState().queue.length).toBe(0)
    await nextFrame()
    expect(log.scrollTop).toBe(top)
  })
})

async function pressInLog(key: string): Promise<void> {
  log.focus({ preventScroll: true })
  await userEvent.keyboard(key)
}

/** Where the region is once it has stopped gliding. */
async function settledTop(): Promise<number> {
  let top: number
  do {
    top = log.scrollTop
    await nextFrame()
  } while (top !== log.scrollTop)
  return top
}
