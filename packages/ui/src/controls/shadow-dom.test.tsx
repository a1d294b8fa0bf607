// @vitest-environment jsdom
import { cleanup, fireEvent, render, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'
import { MenuItem } from './menu-item.tsx'

afterEach(cleanup)

/** From outside the whole tree is one element that has the focus. */
function renderInShadow(page: ReactNode) {
  const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
  const container = root.appendChild(document.createElement('div'))
  const { rerender } = render(page, { container })
  return { rerender, parts: within(container), focused: () => root.activeElement }
}

it('passes the focus on in a shadow tree', () => {
  const page = (hasButton: boolean) => (
    <p>
      <input />
      {hasButton && <Button focusHeir={(button) => button.parentElement?.querySelector('input')}>Go</Button>}
    </p>
  )
  const { rerender, parts, focused } = renderInShadow(page(true))
  parts.getByRole('button').focus()
  rerender(page(false))
  expect(focused()).toBe(parts.getByRole('textbox'))
})

it('goes by arrows through a menu in a shadow tree', () => {
  const items = ['One', 'Two', 'Three'].map((name) => (
    <MenuItem key={name} onClick={() => {}}>
      {name}
    </MenuItem>
  ))
  const { parts, focused } = renderInShadow(
    <Menu
      trigger={(props) => (
        <button type="button" {...props}>
          Open
        </button>
      )}
    >
      {items}
    </Menu>,
  )
  fireEvent.keyDown(parts.getByRole('button', { name: 'Open' }), { key: 'ArrowDown' })
  for (const name of ['Two', 'Three', 'One']) {
    fireEvent.keyDown(focused() as Element, { key: 'ArrowDown' })
    expect(focused()?.textContent).toBe(name)
  }
})
