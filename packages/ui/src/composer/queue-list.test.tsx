// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { en } from '../strings/en.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { Composer } from './composer.tsx'

afterEach(cleanup)

const picture = { type: 'file', mediaType: 'image/png', data: 'AAAA', name: 'cat.png' } as const
const onRender = vi.fn()

/** A composer with one message that waits for a reply. */
async function renderWaiting() {
  const chat = createTestChat()
  render(
    <>
      <Profiler id="thread" onRender={onRender}>
        <Thread />
      </Profiler>
      <Composer />
    </>,
    { wrapper: chat.wrapper },
  )
  act(() => void chat.store.sendMessage('First'))
  await waitFor(() => expect(chat.provider.requests).toHaveLength(1))
  await act(async () => void chat.store.sendMessage({ text: 'Second', files: [picture], metadata: { from: 'test' } }))
  const waiting = () => chat.store.getState().queue[0]?.message
  return { ...chat, waiting }
}

const queue = () => screen.getByRole('region', { name: en.queue })
const pencil = () => within(queue()).getByRole('button', { name: en.editMessage })
const field = () => within(queue()).getByRole<HTMLTextAreaElement>('textbox', { name: en.editMessage })
const composer = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: en.message })
const type = (value: string) => fireEvent.change(field(), { target: { value } })

describe('a message that waits', () => {
  it('shows its words and its files', async () => {
    await renderWaiting()
    expect(within(queue()).getByText('Second · cat.png')).toBeDefined()
  })

  it('says what it was changed to when it is sent, with its files and metadata', async () => {
    const { provider, store, waiting } = await renderWaiting()
    fireEvent.click(pencil())
    expect(document.activeElement).toBe(field())
    type('Third')
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(waiting()).toMatchObject({ content: 'Third', metadata: { from: 'test' } })
    expect(document.activeElement).toBe(pencil())
    await act(async () => provider.finish('stop'))
    await waitFor(() => expect(provider.requests).toHaveLength(2))
    expect(store.getState().messages[2]?.parts).toMatchObject([{ text: 'Third' }, picture])
  })

  it('is left as it was by Escape, which does not stop the reply, and the focus is back', async () => {
    const { store, waiting } = await renderWaiting()
    fireEvent.click(pencil())
    type('Third')
    fireEvent.keyDown(field(), { key: 'Escape' })
    expect(waiting()?.content).toBe('Second')
    expect(store.getState().status).toBe('submitted')
    expect(document.activeElement).toBe(pencil())
  })

  it('gives the words to the composer, and the focus, where it leaves while they are written', async () => {
    const { provider, store } = await renderWaiting()
    fireEvent.click(pencil())
    type('Third')
    await act(async () => provider.finish('stop'))
    await waitFor(() => expect(composer().value).toBe('Third'))
    expect(document.activeElement).toBe(composer())
    expect(screen.getByText(en.leftQueue)).toBeDefined()
    expect(store.getState().messages[2]?.content).toBe('Second')
  })

  it('renders nothing of the thread while it is changed', async () => {
    await renderWaiting()
    onRender.mockClear()
    fireEvent.click(pencil())
    type('Third')
    expect(onRender).not.toHaveBeenCalled()
  })
})
