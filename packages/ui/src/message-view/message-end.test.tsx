// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { en } from '../strings/en.ts'
import type { Ending } from './ending.ts'
import { MessageEnd } from './message-end.tsx'

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const failure: Ending = { kind: 'failed', title: 'Too many requests', hint: 'Wait.', action: 'retry' }

it('counts down to the moment from which a retry makes sense', () => {
  const onRetry = vi.fn()
  render(<MessageEnd ending={{ ...failure, retryAt: 12_400 }} onRetry={onRetry} />)
  const button = screen.getByRole('button')
  expect(button.textContent).toBe(en.retryIn(13_000))

  act(() => vi.advanceTimersByTime(400))
  expect(button.textContent).toBe(en.retryIn(12_000))
  fireEvent.click(button)
  expect(onRetry).not.toHaveBeenCalled()

  for (let second = 0; second < 12; second++) act(() => vi.advanceTimersByTime(1_000))
  expect(button.textContent).toBe(en.tryAgain)
  fireEvent.click(button)
  expect(onRetry).toHaveBeenCalledOnce()
})

it('can hold the focus while it counts', () => {
  render(<MessageEnd ending={{ ...failure, retryAt: 5_000 }} onRetry={() => {}} />)
  const button = screen.getByRole('button')
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(button.hasAttribute('disabled')).toBe(false)
})

it('asks for the key where somebody answers, and tries again where nobody does', () => {
  const onRetry = vi.fn()
  const onKeyRequest = vi.fn()
  const ending = { ...failure, action: 'check-key' } as const
  const { rerender } = render(<MessageEnd ending={ending} onRetry={onRetry} onKeyRequest={onKeyRequest} />)
  fireEvent.click(screen.getByRole('button', { name: en.checkKey }))
  expect(onKeyRequest).toHaveBeenCalledOnce()

  rerender(<MessageEnd ending={ending} onRetry={onRetry} />)
  fireEvent.click(screen.getByRole('button', { name: en.tryAgain }))
  expect(onRetry).toHaveBeenCalledOnce()
})

it('offers nothing for an answer that others have followed', () => {
  render(<MessageEnd ending={failure} />)
  expect(screen.getByText(failure.title)).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

it('goes on with an answer that was cut off', () => {
  const onContinue = vi.fn()
  const cut: Ending = { kind: 'cut', title: 'Cut off', hint: 'The connection closed.', action: 'continue' }
  const { rerender } = render(<MessageEnd ending={cut} onRetry={() => {}} onContinue={onContinue} />)
  fireEvent.click(screen.getByRole('button', { name: en.continueAnswer }))
  rerender(<MessageEnd ending={{ kind: 'note', text: 'Stopped', action: 'continue' }} onContinue={onContinue} />)
  fireEvent.click(screen.getByRole('button', { name: en.continueAnswer }))
  expect(onContinue).toHaveBeenCalledTimes(2)
})
