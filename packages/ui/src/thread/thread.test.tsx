// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { MessageView } from '../message-view/message-view.tsx'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from './thread.tsx'

afterEach(cleanup)

const talk = [
  { id: 'q1', role: 'user', content: 'First question' },
  { id: 'a1', role: 'assistant', content: 'First answer', finishReason: 'stop' },
] as const

describe('the transcript', () => {
  it('is a quiet log that the keyboard can reach, with a heading for every turn', () => {
    const { wrapper } = createTestChat({ messages: talk })
    render(<Thread />, { wrapper })
    const log = screen.getByRole('log', { name: en.transcript })
    expect(log.getAttribute('aria-live')).toBe('off')
    expect(log.tabIndex).toBe(0)
    expect(screen.getAllByRole('article')).toHaveLength(2)
    expect(screen.getByRole('article', { name: en.youSaid }).textContent).toContain('First question')
    expect(screen.getByRole('article', { name: en.assistantSaid }).textContent).toContain('First answer')
  })

  it('invites while it is empty', () => {
    const { wrapper } = createTestChat()
    const { rerender } = render(<Thread />, { wrapper })
    expect(screen.getByText(en.emptyTitle)).toBeDefined()
    rerender(<Thread empty="Ask about your order" />)
    expect(screen.getByText('Ask about your order')).toBeDefined()
  })

  it('leaves out what is said to the model alone', () => {
    const { wrapper } = createTestChat({ messages: [{ role: 'system', content: 'Be brief.' }, ...talk] })
    render(<Thread />, { wrapper })
    expect(screen.queryByText('Be brief.')).toBeNull()
  })

  it('renders no other message while one streams', async () => {
    const { store, provider, wrapper } = createTestChat({ messages: talk })
    const renders: string[] = []
    render(
      <Thread
        renderMessage={(props) => (
          <Profiler id={props.id} onRender={(id) => renders.push(id)}>
            <MessageView {...props} />
          </Profiler>
        )}
      />,
      { wrapper },
    )
    act(() => void store.sendMessage('Second question'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    act(() => provider.say('Second'))
    await screen.findByText('Second')
    const replyId = store.getState().messages.at(-1)?.id

    renders.length = 0
    act(() => provider.say(' answer'))
    await screen.findByText('Second answer')
    act(() => provider.say(', and more'))
    await screen.findByText('Second answer, and more')
    expect(renders.length).toBeGreaterThanOrEqual(2)
    expect(new Set(renders)).toEqual(new Set([replyId]))
  })

  it('is busy where a reply is being written, and at rest when it is done', async () => {
    const { store, provider, wrapper } = createTestChat({ messages: talk })
    render(<Thread />, { wrapper })
    act(() => void store.sendMessage('Second question'))
    const reply = screen.getAllByRole('article').at(-1)
    expect(reply?.getAttribute('aria-busy')).toBe('true')
    expect(reply?.textContent).toContain(en.waiting)
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    act(() => {
      provider.say('Done.')
      provider.finish('stop')
    })
    await waitFor(() => expect(reply?.hasAttribute('aria-busy')).toBe(false))
  })
})

describe('an answer that failed', () => {
  it('is asked for again at the press of a button, which leaves the focus in the transcript', async () => {
    const { store, provider, wrapper } = createTestChat()
    provider.failNext(500)
    render(<Thread />, { wrapper })
    await act(() => store.sendMessage('Question'))
    const button = screen.getByRole('button', { name: en.tryAgain })
    expect(screen.getByText(en.errors['server-error'].title)).toBeDefined()

    button.focus()
    fireEvent.click(button)
    await waitFor(() => expect(provider.requests).toHaveLength(2))
    expect(document.activeElement).toBe(screen.getByRole('log'))
    act(() => {
      provider.say('Answer')
      provider.finish('stop')
    })
    expect(await screen.findByText('Answer')).toBeDefined()
    expect(screen.queryByText(en.errors['server-error'].title)).toBeNull()
  })

  it('keeps what had arrived of one that was cut off', async () => {
    const { store, provider, wrapper } = createTestChat()
    render(<Thread />, { wrapper })
    act(() => void store.sendMessage('Question'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    act(() => {
      provider.say('Half an ans')
      provider.finish()
    })
    expect(await screen.findByText(en.cutOff.title)).toBeDefined()
    expect(screen.getByText('Half an ans')).toBeDefined()
  })
})
