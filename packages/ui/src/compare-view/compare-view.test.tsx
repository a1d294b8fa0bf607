// @vitest-environment jsdom
import type { Model } from '@millrace/core'
import { tool } from '@millrace/hooks'
import { createManualProvider, type ManualProvider } from '@millrace/testing'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { en } from '../strings/all.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { CompareReply, type CompareReplyProps } from './compare-reply.tsx'
import { CompareView } from './compare-view.tsx'
import { CompareWith } from './compare-with.tsx'
import { renderCompared } from './compared-message.tsx'

beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ['Date'] }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const models: readonly Model[] = [
  { id: 'small', name: 'Small' },
  { id: 'large', name: 'Large' },
]

/** A chat in which each model answers by the hand of the test. */
function chatOfTwo() {
  const writers: Record<string, ManualProvider> = { small: createManualProvider(), large: createManualProvider() }
  const chat = createTestChat({
    model: 'small',
    fetch: (url, init) => {
      const { model } = JSON.parse(String(init?.body))
      return writers[model]?.fetch(url, init) ?? Promise.reject(new Error(`Nobody is called ${model}.`))
    },
  })
  const say = (model: string, text: string) => act(async () => writers[model]?.say(text))
  const finish = (model: string) => act(async () => writers[model]?.finish('stop'))
  return { ...chat, writers, say, finish }
}

/** Both are asked, and their answers are compared. */
async function compare() {
  const chat = chatOfTwo()
  const renders: string[] = []
  const renderReply = (props: CompareReplyProps) => (
    <Profiler id={props.id} onRender={(id) => renders.push(id)}>
      <CompareReply {...props} />
    </Profiler>
  )
  const ask = () => chat.store.sendMessage('Which?', { models: ['small', 'large'] })
  await act(async () => void ask())
  const shown = () => chat.store.getState().messages.at(-1)
  const View = () => <CompareView messageId={shown()?.id ?? ''} renderReply={renderReply} />
  const { rerender } = render(<View />, { wrapper: chat.wrapper })
  return { ...chat, renders, shown, again: () => rerender(<View />) }
}

const reply = (name: string) => within(screen.getByRole('region', { name }))
const choose = (name: string) => fireEvent.click(reply(name).getByRole('button', { name: en.goOnFrom }))

describe('the replies of several models', () => {
  it('are written side by side, and each says how far it is', async () => {
    const { say, finish } = await compare()
    expect(reply('small').getByText(en.compareStates.pending)).toBeDefined()
    await say('large', 'It turns.')
    expect(reply('large').getByText('It turns.')).toBeDefined()
    expect(reply('large').getByText(en.compareStates.streaming)).toBeDefined()
    await finish('large')
    expect(reply('large').getByText(en.compareStates.done)).toBeDefined()
    expect(reply('small').getByText(en.compareStates.pending)).toBeDefined()
  })

  it('render each for itself alone', async () => {
    const { say, renders, shown, store } = await compare()
    const smallId = shown()?.id
    await say('small', 'One')
    renders.length = 0
    for (const word of [' two', ' three', ' four']) await say('large', word)
    expect(renders).not.toContain(smallId)
    expect(renders.length).toBeGreaterThan(0)
    expect(store.getState().messages.at(-1)?.content).toBe('One')
  })

  it('are stopped one by one', async () => {
    const { say, writers } = await compare()
    await say('large', 'It')
    fireEvent.click(screen.getByRole('button', { name: en.stopReply('large') }))
    expect(reply('large').getByText(en.compareStates.stopped)).toBeDefined()
    await say('small', 'Still here')
    expect(reply('small').getByText('Still here')).toBeDefined()
    expect(writers.large?.cancelled).toBe(1)
  })

  it('are chosen from: the chat goes on from one, and the button keeps the focus', async () => {
    const { shown, again } = await compare()
    const button = reply('large').getByRole('button', { name: en.goOnFrom })
    expect(button.getAttribute('aria-pressed')).toBe('false')
    act(() => choose('large'))
    again()
    expect(shown()?.model).toBe('large')
    expect(reply('large').getByRole('button', { pressed: true })).toBe(document.activeElement)
  })
})

describe('a tool that asks first', () => {
  const call = { type: 'tool-call', toolCallId: '1', toolName: 'book', argumentsText: '{}', input: {} } as const

  function renderReply(isChosen: boolean) {
    const execute = vi.fn(() => 'Booked')
    const asking = { ...call, state: 'approval-requested' } as const
    const { wrapper } = createTestChat({
      messages: [{ id: 'asking', role: 'assistant', finishReason: 'tool-calls', parts: [asking] }],
      tools: { book: tool({ needsApproval: true, execute }) },
    })
    render(<CompareReply id="asking" isChosen={isChosen} onChoose={() => {}} />, { wrapper })
    return execute
  }

  it('is answered in the reply that is chosen', async () => {
    const execute = renderReply(true)
    await act(async () => fireEvent.click(screen.getByRole('button', { name: en.allow })))
    expect(execute).toHaveBeenCalledOnce()
  })

  it('waits in the others', () => {
    renderReply(false)
    expect(screen.queryByRole('button', { name: en.allow })).toBeNull()
  })
})

describe('where there is no room', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        readonly report: () => void
        constructor(report: () => void) {
          this.report = report
        }
        observe() {
          this.report()
        }
        disconnect() {}
      },
    )
  })

  const tab = (name: RegExp) => screen.getByRole('tab', { name })

  it('they are tabs, of which one is open', async () => {
    await compare()
    expect(tab(/small/).getAttribute('aria-selected')).toBe('true')
    expect(screen.getByRole('tabpanel').id).toBe(tab(/small/).getAttribute('aria-controls'))
    fireEvent.click(tab(/large/))
    expect(screen.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe(tab(/large/).id)
  })

  it('one is open, also where others are compared than before', async () => {
    const { store, wrapper } = chatOfTwo()
    const ids = ['one', 'two', 'three', 'four']
    store.setMessages(ids.map((id) => ({ id, role: 'assistant' as const, content: id, model: id })))
    const { rerender } = render(<CompareView messageId="one" ids={['one', 'two']} />, { wrapper })
    fireEvent.click(tab(/two/))
    rerender(<CompareView messageId="three" ids={['three', 'four']} />)
    expect(tab(/three/).tabIndex).toBe(0)
    expect(screen.getByRole('tabpanel').textContent).toContain('three')
  })

  it('the arrows go from tab to tab, round and round', async () => {
    await compare()
    tab(/small/).focus()
    for (const [key, name] of [
      ['ArrowRight', /large/],
      ['ArrowRight', /small/],
      ['ArrowLeft', /large/],
      ['Home', /small/],
      ['End', /large/],
    ] as const) {
      fireEvent.keyDown(document.activeElement ?? document.body, { key })
      expect(document.activeElement).toBe(tab(name))
      expect(tab(name).tabIndex).toBe(0)
    }
    expect(screen.getAllByRole('tab').filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
  })
})

describe('a chat that compares', () => {
  async function openChat() {
    const chat = chatOfTwo()
    const remedies = { models }
    render(
      <Chat
        chat={{ store: chat.store }}
        remedies={remedies}
        renderMessage={renderCompared}
        composer={<CompareWith models={models} />}
      />,
    )
    return chat
  }

  async function send(text: string): Promise<void> {
    const field = screen.getByRole('textbox', { name: en.message })
    fireEvent.change(field, { target: { value: text } })
    await act(async () => fireEvent.keyDown(field, { key: 'Enter' }))
  }

  it('asks a second model once it is told to', async () => {
    const { store, writers } = await openChat()
    fireEvent.click(screen.getByRole('button', { name: en.compareWith }))
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: en.comparedModel }).value).toBe('large')
    await send('Which?')
    expect(writers.small?.requests).toHaveLength(1)
    expect(writers.large?.requests).toHaveLength(1)
    expect(screen.getByRole('region', { name: en.compared })).toBeDefined()
    expect(store.getState().messages.at(-1)?.model).toBe('small')
  })

  it('asks the own model of the chat that is shown, also after another was', async () => {
    const all = [...models, { id: 'third', name: 'Third' }]
    const page = ({ store }: TestChat) => <Chat chat={{ store }} composer={<CompareWith models={all} />} />
    const { rerender } = render(page(createTestChat({ model: 'small' })))
    fireEvent.click(screen.getByRole('button', { name: en.compareWith }))
    fireEvent.change(screen.getByRole('combobox', { name: en.comparedModel }), { target: { value: 'third' } })
    const other = createTestChat({ model: 'large' })
    rerender(page(other))
    await send('Which?')
    expect(other.store.getState().messages.at(-1)?.model).toBe('large')
  })

  it('shows the one that was chosen once it goes on, and says of it who gave it', async () => {
    const { say, finish, store } = await openChat()
    fireEvent.click(screen.getByRole('button', { name: en.compareWith }))
    await send('Which?')
    for (const model of ['small', 'large']) {
      await say(model, `I am ${model}.`)
      await finish(model)
    }
    await act(async () => choose('Large'))
    fireEvent.click(screen.getByRole('button', { name: en.compareWith }))
    await send('And now?')
    expect(screen.queryByRole('region', { name: en.compared })).toBeNull()
    expect(store.getState().messages.map(({ content }) => content)).toEqual(['Which?', 'I am large.', 'And now?', ''])
    expect(document.querySelector('.mr-branches-label')?.textContent).toMatch(/^Large/)
  })

  it('has for the chosen one the right action where it fails', async () => {
    const { writers, store } = await openChat()
    for (const writer of Object.values(writers)) writer.failNext(500)
    fireEvent.click(screen.getByRole('button', { name: en.compareWith }))
    await send('Which?')
    expect(screen.getAllByText(en.compareStates.failed)).toHaveLength(2)
    await act(async () => choose('Large'))
    await act(async () => fireEvent.click(screen.getByRole('button', { name: en.tryAgain })))
    expect(writers.large?.requests).toHaveLength(2)
    expect(writers.small?.requests).toHaveLength(1)
    expect(store.getState().messages.at(-1)?.status).toBe('pending')
  })

  it('shows one reply as ever', async () => {
    await openChat()
    await send('Which?')
    expect(screen.queryByRole('region', { name: en.compared })).toBeNull()
  })
})
