// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Chat } from '../chat/chat.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { FollowUps } from './follow-ups.tsx'
import { Suggestion, Suggestions } from './suggestions.tsx'

afterEach(cleanup)

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const button = (name: string) => screen.getByRole('button', { name })

describe('a suggestion', () => {
  it('is sent when it is pressed, and the focus goes to the composer', async () => {
    const { store } = createTestChat()
    const starters = (
      <Suggestions>
        <Suggestion prompt="Write code that reads a stream.">Write code</Suggestion>
      </Suggestions>
    )
    render(<Chat chat={{ store }} empty={starters} />)
    button('Write code').focus()
    fireEvent.click(button('Write code'))
    await waitFor(() => expect(store.getState().messages[0]?.content).toBe('Write code that reads a stream.'))
    expect(document.activeElement).toBe(field())
    expect(screen.queryByRole('list', { name: 'Suggestions' })).toBeNull()
  })

  it('leads to the composer, also while a message is being changed', () => {
    const { store } = createTestChat({ messages: [{ role: 'user', content: 'Hello' }] })
    render(<Chat chat={{ store }} aboveComposer={<Suggestion>And then?</Suggestion>} />)
    fireEvent.click(button('Edit the message'))
    fireEvent.click(button('And then?'))
    expect(document.activeElement).toBe(screen.getByPlaceholderText('Ask anything'))
  })

  it('leaves the keyboard of a phone where it is, and the focus not nowhere', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true }))
    const { store } = createTestChat()
    render(<Chat chat={{ store }} empty={<Suggestion>Why is the sky blue?</Suggestion>} />)
    fireEvent.click(button('Why is the sky blue?'))
    await waitFor(() => expect(store.getState().messages).not.toEqual([]))
    expect(document.activeElement).toBe(screen.getByRole('log'))
    vi.unstubAllGlobals()
  })

  it('says what stands on it where nothing else is named', async () => {
    const { store } = createTestChat()
    render(<Chat chat={{ store }} empty={<Suggestion>Why is the sky blue?</Suggestion>} />)
    fireEvent.click(button('Why is the sky blue?'))
    await waitFor(() => expect(store.getState().messages[0]?.content).toBe('Why is the sky blue?'))
  })

  it('does something else where its click is prevented', () => {
    const { store } = createTestChat()
    const onClick = vi.fn((event: React.MouseEvent) => event.preventDefault())
    render(<Chat chat={{ store }} empty={<Suggestion onClick={onClick}>Open a file</Suggestion>} />)
    fireEvent.click(button('Open a file'))
    expect(onClick).toHaveBeenCalledOnce()
    expect(store.getState().messages).toEqual([])
  })

  it('is written into the composer where it cannot be sent', async () => {
    const { store } = createTestChat({ whenBusy: 'reject' })
    render(<Chat chat={{ store }} aboveComposer={<Suggestion>And then?</Suggestion>} />)
    act(() => void store.sendMessage('First'))
    fireEvent.click(button('And then?'))
    await waitFor(() => expect(field().value).toBe('And then?'))
    fireEvent.click(button('And then?'))
    await waitFor(() => expect(field().value).toBe('And then?\nAnd then?'))
  })
})

describe('what follows', () => {
  it('is offered once the answer is complete, and gone when one goes on', async () => {
    const { store, provider } = createTestChat()
    const followUps = <FollowUps>{({ content }) => <Suggestion>{`Why “${content}”?`}</Suggestion>}</FollowUps>
    render(<Chat chat={{ store }} aboveComposer={followUps} />)
    act(() => void store.sendMessage('Hello'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    await act(async () => provider.say('Hi'))
    expect(screen.queryByRole('list', { name: 'Suggestions' })).toBeNull()
    await act(async () => provider.finish('stop'))
    fireEvent.click(await screen.findByRole('button', { name: 'Why “Hi”?' }))
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Suggestions' })).toBeNull())
  })

  it('is not offered after an answer that broke off', async () => {
    const { store, provider } = createTestChat()
    render(<Chat chat={{ store }} aboveComposer={<FollowUps>{<Suggestion>More</Suggestion>}</FollowUps>} />)
    act(() => void store.sendMessage('Hello'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    await act(async () => provider.say('Hi'))
    act(() => store.stop())
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull()
  })

  it('renders not at all while an answer grows', async () => {
    const { store, provider, wrapper } = createTestChat()
    const onRender = vi.fn()
    render(
      <Profiler id="follow-ups" onRender={onRender}>
        <FollowUps>
          <Suggestion>More</Suggestion>
        </FollowUps>
      </Profiler>,
      { wrapper },
    )
    act(() => void store.sendMessage('Hello'))
    await waitFor(() => expect(provider.requests).toHaveLength(1))
    onRender.mockClear()
    await act(async () => provider.say('One'))
    await act(async () => provider.say(' two'))
    expect(store.getState().messages.at(-1)?.content).toBe('One two')
    expect(onRender).not.toHaveBeenCalled()
  })
})
