// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { Button } from './button.tsx'

afterEach(cleanup)

const heir = () => screen.getByRole('textbox')

function Page({ hasButton = true }) {
  return (
    <>
      <input aria-label="Heir" />
      {hasButton && (
        <Button autoFocus focusHeir={heir}>
          Go
        </Button>
      )}
    </>
  )
}

it('passes the focus on when its element goes', () => {
  const { rerender } = render(<Page />)
  expect(document.activeElement).toBe(screen.getByRole('button'))
  rerender(<Page hasButton={false} />)
  expect(document.activeElement).toBe(heir())
})

it('keeps the focus where StrictMode only plays at that', () => {
  const { rerender } = render(<Page />, { wrapper: StrictMode })
  expect(document.activeElement).toBe(screen.getByRole('button'))
  rerender(<Page hasButton={false} />)
  expect(document.activeElement).toBe(heir())
})
