// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { KeyPlace } from './kept-key.ts'
import { useApiKey } from './use-api-key.ts'

afterEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  vi.restoreAllMocks()
})

const keyIn = (place: KeyPlace) => ({ key: 'sk-1', provider: 'openai', place })
const stored = () => [sessionStorage, localStorage].map((storage) => storage.length)

it.each([
  ['page', [0, 0]],
  ['tab', [1, 0]],
  ['browser', [0, 1]],
] as const)('keeps a key for this %s, and nowhere else', (place, places) => {
  const { result } = renderHook(() => useApiKey())
  act(() => result.current.keep(keyIn('browser')))
  act(() => result.current.keep(keyIn(place)))
  expect(result.current.kept).toEqual(keyIn(place))
  expect(stored()).toEqual(places)
  const { result: later } = renderHook(() => useApiKey())
  expect(later.current.kept).toEqual(place === 'page' ? undefined : keyIn(place))
})

it('removes it from everywhere', () => {
  const { result } = renderHook(() => useApiKey())
  act(() => result.current.keep(keyIn('browser')))
  act(() => result.current.remove())
  expect(result.current.kept).toBeUndefined()
  expect(stored()).toEqual([0, 0])
})

it('takes nothing else for a key', () => {
  localStorage.setItem('millrace.key', '{"key":1}')
  sessionStorage.setItem('millrace.key', 'half')
  expect(renderHook(() => useApiKey()).result.current.kept).toBeUndefined()
})

it('keeps a key as long as the page where the browser keeps nothing', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError')
  })
  const { result } = renderHook(() => useApiKey())
  act(() => result.current.keep(keyIn('browser')))
  expect(result.current.kept).toEqual(keyIn('browser'))
})

it('is the same for all on the page who ask for that name', () => {
  const { result: dialog } = renderHook(() => useApiKey())
  const { result: chat } = renderHook(() => useApiKey())
  const { result: other } = renderHook(() => useApiKey('other'))
  act(() => dialog.current.keep(keyIn('page')))
  expect(chat.current.kept).toEqual(keyIn('page'))
  expect(other.current.kept).toBeUndefined()
  act(() => dialog.current.remove())
  expect(chat.current.kept).toBeUndefined()
})

it.each([
  ['browser', undefined],
  ['page', keyIn('page')],
] as const)('loses a key of this %s to another tab only if that is where it was kept', (place, left) => {
  const { result } = renderHook(() => useApiKey())
  act(() => result.current.keep(keyIn(place)))
  localStorage.clear()
  act(() => void dispatchEvent(new StorageEvent('storage', { key: 'millrace.key' })))
  expect(result.current.kept).toEqual(left)
})
