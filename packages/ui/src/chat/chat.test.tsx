// @vitest-environment jsdom

import { useStreamingChat } from '@millrace/hooks'
import { createManualProvider } from '@millrace/testing'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { ActionSlotProvider, MeterProvider } from '../message-actions/slots.ts'
import { type ProseOptions, ProseOptionsProvider } from '../prose/prose-providers.ts'
import { en } from '../strings/en.ts'
import { vi as vietnamese } from '../strings/vi.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Chat } from './chat.tsx'

afterEach(cleanup)

function Holder() {
  return <Chat chat={useStreamingChat({ messages: [{ role: 'user', content: 'From outside' }] })} />
}

it('needs nothing but the options of a chat', async () => {
  const provider = createManualProvider()
  render(
    <Chat apiKey="key" baseURL="https://model.test/v1" model="test" fetch={provider.fetch} pace="chunk" autoFocus />,
  )
  const field = screen.getByRole('textbox', { name: en.message })
  expect(document.activeElement).toBe(field)
  fireEvent.change(field, { target: { value: 'Hello' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(provider.requests).toHaveLength(1))
  act(() => provider.say('Hi there'))
  expect(await screen.findByText('Hi there')).toBeDefined()
})

it('shows a chat that somebody else holds', () => {
  render(<Holder />)
  expect(screen.getByText('From outside')).toBeDefined()
})

it('has room above, below, and where there is nothing yet', () => {
  const { store } = createTestChat()
  render(<Chat chat={{ store }} header="Top" empty="Middle" footer="Bottom" />)
  for (const slot of ['Top', 'Middle', 'Bottom']) expect(screen.getByText(slot)).toBeDefined()
})

it('speaks Vietnamese, with words of the host', () => {
  const { store } = createTestChat()
  const strings = { emptyTitle: 'Chào bạn' }
  const { rerender } = render(<Chat chat={{ store }} locale="vi" />)
  expect(screen.getByPlaceholderText(vietnamese.placeholder)).toBeDefined()
  rerender(<Chat chat={{ store }} locale="vi" strings={strings} />)
  expect(screen.getByText('Chào bạn')).toBeDefined()
})

it('leaves what is said around it, where it is told nothing else', () => {
  const around = (chat: ReactNode) => (
    <ActionSlotProvider value={() => <button type="button">Star</button>}>
      <MeterProvider value={() => <i>Numbers</i>}>
        <ProseOptionsProvider value={{ components: { strong: 'mark' } }}>{chat}</ProseOptionsProvider>
      </MeterProvider>
    </ActionSlotProvider>
  )
  const messages = [{ role: 'assistant', content: '**Now**', finishReason: 'stop' }] as const
  const { rerender } = render(around(<Chat messages={messages} />))
  for (const text of ['Star', 'Numbers']) expect(screen.getByText(text)).toBeDefined()
  expect(screen.getByText('Now').tagName).toBe('MARK')
  rerender(around(<Chat messages={messages} actions={() => <b>Share</b>} />))
  expect(screen.getByText('Share')).toBeDefined()
  expect(screen.queryByText('Star')).toBeNull()
})

it('reads answers as it is told to', () => {
  const options: ProseOptions = {
    components: { strong: 'mark' },
    allowImage: () => true,
    extensions: [{ name: 'shout', fences: { shout: ({ node }) => <p>{node.lines.join().toUpperCase()}</p> } }],
  }
  const content = '**Now** ![a chart](https://images.test/chart.png)\n\n```shout\nhello\n```'
  render(<Chat markdown={options} messages={[{ role: 'assistant', content }]} />)
  expect(screen.getByText('Now').tagName).toBe('MARK')
  expect(screen.getByRole('img', { name: 'a chart' })).toBeDefined()
  expect(screen.getByText('HELLO')).toBeDefined()
})

it('lets the reader look at a key that was not accepted', async () => {
  const { store, provider } = createTestChat()
  provider.failNext(401)
  const onKeyRequest = vi.fn()
  render(<Chat chat={{ store }} onKeyRequest={onKeyRequest} />)
  await act(() => store.sendMessage('Hello'))
  fireEvent.click(screen.getByRole('button', { name: en.checkKey }))
  expect(onKeyRequest).toHaveBeenCalledOnce()
  expect(screen.getByRole('button', { name: en.tryAgain })).toBeDefined()
})
