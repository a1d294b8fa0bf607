// @vitest-environment jsdom
import type { ToolCallPart } from '@millrace/core'
import { renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import { expect, it } from 'vitest'
import { usePartialInput } from './use-partial-input.ts'

const call = (argumentsText: string, rest: Partial<ToolCallPart> = {}): ToolCallPart => ({
  type: 'tool-call',
  toolCallId: 'c1',
  toolName: 'look',
  state: 'input-streaming',
  argumentsText,
  ...rest,
})

const renderCall = (initialProps: ToolCallPart) =>
  renderHook((props: ToolCallPart) => usePartialInput(props), { initialProps, wrapper: StrictMode })

it('shows as much of the arguments as has come', () => {
  const { result, rerender } = renderCall(call('{"city": "Hu'))
  expect(result.current).toEqual({ city: 'Hu' })
  rerender(call('{"city": "Huế", "days": [1,'))
  expect(result.current).toEqual({ city: 'Huế', days: [1] })
})

it('keeps the identity of what did not change', () => {
  const { result, rerender } = renderCall(call('{"a": {"b": 1}, "c": "x'))
  const { a } = result.current as { a: unknown }
  rerender(call('{"a": {"b": 1}, "c": "xy'))
  expect((result.current as { a: unknown }).a).toBe(a)
})

it('is the input of the call once that is whole', () => {
  const input = { city: 'Huế' }
  const { result } = renderCall(call('{"city":"Huế"}', { state: 'input-available', input }))
  expect(result.current).toBe(input)
})

it('starts anew with another call', () => {
  const { result, rerender } = renderCall(call('{"a": 1, "b'))
  rerender(call('{"c": "x', { toolCallId: 'c2' }))
  expect(result.current).toEqual({ c: 'x' })
})
