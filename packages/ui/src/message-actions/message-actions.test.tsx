// @vitest-environment jsdom
import { createMessage } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { en } from '../strings/en.ts'
import { MessageActions } from './message-actions.tsx'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function pressCopy(): Promise<void> {
  const button = screen.getByRole('button', { name: en.copy })
  act(() => button.focus())
  await act(async () => fireEvent.click(button))
}

const answer = createMessage({
  role: 'assistant',
  content: 'Forty-two',
  finishReason: 'stop',
  usage: { inputTokens: 10, outputTokens: 412, totalTokens: 422 },
  timing: { startedAt: 1_000, firstTokenAt: 1_320, lastTokenAt: 5_600, endedAt: 5_610 },
})

it('copies the text and says so for two seconds', async () => {
  vi.useFakeTimers()
  const writeText = vi.fn().mockResolvedValue(undefined)
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  render(<MessageActions message={answer} />)
  await pressCopy()
  expect(writeText).toHaveBeenCalledWith('Forty-two')
  expect(screen.getByRole('status').textContent).toBe(en.copied)
  act(() => vi.advanceTimersByTime(2_000))
  expect(screen.getByRole('status').textContent).toBe('')
})

it('says so where the browser refuses to copy', async () => {
  vi.stubGlobal('navigator', { clipboard: { writeText: vi.fn().mockRejectedValue(new Error('denied')) } })
  render(<MessageActions message={answer} />)
  await pressCopy()
  expect(screen.getByRole('status').textContent).toBe(en.copyFailed)
})

it('tells of the last answer what it took', () => {
  const { container, rerender } = render(<MessageActions message={answer} isLast />)
  expect(container.querySelector('.mr-meter')?.textContent).toBe(
    [en.tokens(412), en.timeToFirst(320), en.tokensPerSecond(412 / 4.28)].join(' · '),
  )
  rerender(<MessageActions message={answer} />)
  expect(container.querySelector('.mr-meter')).toBeNull()
})

it('counts no pause in the middle of an answer against its speed', () => {
  const timing = { ...answer.timing, startedAt: 1_000, writingMs: 2_000 }
  const { container } = render(<MessageActions message={{ ...answer, timing }} isLast />)
  expect(container.querySelector('.mr-meter')?.textContent).toContain(en.tokensPerSecond(206))
})

it('claims no speed for an answer that came in one piece', () => {
  const timing = { startedAt: 1_000, firstTokenAt: 1_320, lastTokenAt: 1_320 }
  const { container } = render(<MessageActions message={{ ...answer, timing }} isLast />)
  expect(container.querySelector('.mr-meter')?.textContent).toBe(`${en.tokens(412)} · ${en.timeToFirst(320)}`)
})

it('offers nothing for a message that is being written', () => {
  render(<MessageActions message={{ ...answer, status: 'streaming' }} isLast onRegenerate={() => {}} />)
  expect(screen.queryByRole('button')).toBeNull()
})
