// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { en } from '../strings/all.ts'
import type { Ending } from './ending.ts'
import { MessageEnd } from './message-end.tsx'

afterEach(cleanup)

it('goes on with an answer that was cut off, or stopped', () => {
  const onContinue = vi.fn()
  const cut: Ending = { kind: 'cut', title: 'Cut off', hint: 'The connection closed.', action: 'continue' }
  const { rerender } = render(<MessageEnd ending={cut} onRetry={() => {}} onContinue={onContinue} />)
  fireEvent.click(screen.getByRole('button', { name: en.continueAnswer }))
  rerender(<MessageEnd ending={{ kind: 'note', text: 'Stopped', action: 'continue' }} onContinue={onContinue} />)
  fireEvent.click(screen.getByRole('button', { name: en.continueAnswer }))
  expect(onContinue).toHaveBeenCalledTimes(2)
})
