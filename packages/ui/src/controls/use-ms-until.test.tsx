// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { RetryButton } from '../error-card/retry-button.tsx'
import { en } from '../strings/all.ts'

afterEach(() => vi.useRealTimers())

it('counts from when the page is alive, which is later than when a server rendered it', async () => {
  vi.useFakeTimers({ now: 0 })
  const complain = vi.spyOn(console, 'error')
  const button = <RetryButton retryAt={5_000} onRetry={() => {}} />
  const page = document.createElement('div')
  page.innerHTML = renderToString(button)
  expect(page.textContent).toBe(en.tryAgain)
  vi.setSystemTime(2_500)
  const onRecoverableError = vi.fn()
  const root = await act(async () => hydrateRoot(page, button, { onRecoverableError }))
  expect(page.textContent).toBe(en.retryIn(3_000))
  await act(async () => vi.advanceTimersByTime(2_500))
  expect(page.textContent).toBe(en.tryAgain)
  expect([...complain.mock.calls, ...onRecoverableError.mock.calls]).toEqual([])
  act(() => root.unmount())
})
