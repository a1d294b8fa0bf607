// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { useIsOnline } from './use-is-online.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

function goes(isOnline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  act(() => void dispatchEvent(new Event(isOnline ? 'online' : 'offline')))
}

it('says when the network goes and comes back', () => {
  const { result } = renderHook(useIsOnline)
  expect(result.current).toBe(true)
  goes(false)
  expect(result.current).toBe(false)
  goes(true)
  expect(result.current).toBe(true)
})

it('is true on a server', () => {
  const Page = () => <p>{String(useIsOnline())}</p>
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect(renderToString(<Page />)).toBe('<p>true</p>')
})
