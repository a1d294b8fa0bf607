import { StrictMode } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'
import { MenuGroup, MenuItem } from './menu-item.tsx'

afterEach(async () => {
  await cleanup()
  await page.viewport(414, 896)
})

const picked = vi.fn()
const heard = vi.fn()

async function renderMenu({ dir = 'ltr', style = {} } = {}) {
  picked.mockClear()
  await render(
    <StrictMode>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to what comes out of the menu. */}
      <div
        className="millrace"
        dir={dir}
        onKeyDown={({ key }) => heard(key)}
        style={{ blockSize: 300, overflow: 'auto', ...style }}
      >
        <Button>Before</Button>
        <Menu trigger={(props) => <Button {...props}>More</Button>}>
          <MenuItem onClick={() => picked('copy')}>Copy</MenuItem>
          <MenuItem disabled onClick={() => picked('never')}>
            Cut
          </MenuItem>
          <MenuGroup label="Size">
            <MenuItem role="menuitemradio" checked onClick={() => picked('small')}>
              Small
            </MenuItem>
            <MenuItem role="menuitemradio" checked={false} onClick={() => picked('large')}>
              Large
            </MenuItem>
          </MenuGroup>
          <MenuItem checked={false} onClick={() => picked('wrap')}>
            Wrap
          </MenuItem>
        </Menu>
        <Button>After</Button>
        <div style={{ blockSize: 600 }}>Long</div>
      </div>
    </StrictMode>,
  )
}

const trigger = () => page.getByRole('button', { name: 'More' })
const menu = () => page.getByRole('menu', { name: 'More' })
const focused = () => document.activeElement?.textContent
const focus = (name: string) => (page.getByRole('button', { name }).element() as HTMLElement).focus()
const boxOf = (element: Element) => element.getBoundingClientRect()

async function openBy(key: string): Promise<void> {
  focus('More')
  await userEvent.keyboard(key)
  await expect.element(menu()).toBeVisible()
}

it('says what it is, and whether it is open', async () => {
  await renderMenu()
  await expect.element(trigger()).toHaveAttribute('aria-haspopup', 'menu')
  await expect.element(trigger()).toHaveAttribute('aria-expanded', 'false')
  await trigger().click()
  await expect.element(trigger()).toHaveAttribute('aria-expanded', 'true')
  await expect.element(page.getByRole('group', { name: 'Size' })).toBeVisible()
  await expect.element(page.getByRole('menuitemradio', { name: 'Small' })).toHaveAttribute('aria-checked', 'true')
  await expect.element(page.getByRole('menuitemcheckbox', { name: 'Wrap' })).toHaveAttribute('aria-checked', 'false')
})

it.each([
  ['{Enter}', 'Copy'],
  [' ', 'Copy'],
  ['{ArrowDown}', 'Copy'],
  ['{ArrowUp}', 'Wrap'],
])('opens by %s, with %s focused', async (key, item) => {
  await renderMenu()
  await openBy(key)
  expect(focused()).toBe(item)
})

it('is gone through by arrows around its ends, by Home and End, disabled items included', async () => {
  await renderMenu()
  await openBy('{Enter}')
  const visited = []
  for (const key of ['{ArrowDown}', '{ArrowDown}', '{End}', '{ArrowDown}', '{ArrowUp}', '{Home}']) {
    await userEvent.keyboard(key)
    visited.push(focused())
  }
  expect(visited).toEqual(['Cut', 'Small', 'Wrap', 'Copy', 'Wrap', 'Copy'])
})

it('finds what is typed', async () => {
  await renderMenu()
  await openBy('{Enter}')
  await userEvent.keyboard('la')
  expect(focused()).toBe('Large')
})

it.each(['{Enter}', ' '])('does by %s what the item is for, with the focus back on its trigger', async (key) => {
  await renderMenu()
  await openBy('{ArrowDown}')
  picked.mockImplementation(() => expect(focused()).toBe('More'))
  await userEvent.keyboard(key)
  expect(picked.mock.calls).toEqual([['copy']])
  await expect.element(menu()).not.toBeInTheDocument()
  expect(focused()).toBe('More')
})

it('does nothing for a disabled item, and stays', async () => {
  await renderMenu()
  await openBy('{ArrowDown}')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(picked).not.toHaveBeenCalled()
  await expect.element(menu()).toBeVisible()
})

it('closes by Escape, which nobody around hears, and gives the focus back', async () => {
  await renderMenu()
  await openBy('{Enter}')
  heard.mockClear()
  await userEvent.keyboard('{Escape}')
  await expect.element(menu()).not.toBeInTheDocument()
  expect(focused()).toBe('More')
  expect(heard).not.toHaveBeenCalled()
})

it('closes by Tab, which goes on from its trigger', async () => {
  await renderMenu()
  await openBy('{Enter}')
  await userEvent.keyboard('{Tab}')
  await expect.element(menu()).not.toBeInTheDocument()
  expect(focused()).toBe('After')
  await openBy('{Enter}')
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(focused()).toBe('Before')
})

it('closes by a press elsewhere, and by one on its trigger', async () => {
  await renderMenu()
  await trigger().click()
  await page.getByText('Long').click()
  await expect.element(menu()).not.toBeInTheDocument()
  expect(focused()).toBe('More')
  await trigger().click()
  await expect.element(menu()).toBeVisible()
  await trigger().click()
  await expect.element(menu()).not.toBeInTheDocument()
})

it('is as wide as a phone lets it be, in view, beside its trigger', async () => {
  await page.viewport(320, 500)
  await renderMenu()
  await trigger().click()
  const { left, right, top } = boxOf(menu().element())
  expect(left).toBeGreaterThanOrEqual(8)
  expect(right).toBeLessThanOrEqual(312)
  expect(top).toBeCloseTo(boxOf(trigger().element()).bottom + 4, 0)
})

it('is flush with the other side where one reads from right to left', async () => {
  await page.viewport(900, 600)
  await renderMenu({ dir: 'rtl', style: { paddingInlineStart: 300 } })
  await trigger().click()
  expect(boxOf(menu().element()).left).toBeCloseTo(boxOf(trigger().element()).left, 0)
})

it('stays beside a trigger that scrolls away in something else', async () => {
  await renderMenu()
  await trigger().click()
  ;(document.querySelector('.millrace') as HTMLElement).scrollTop = 20
  await expect.poll(() => Math.round(boxOf(menu().element()).top - boxOf(trigger().element()).bottom)).toBe(4)
})

it('is not cut off by what it is in', async () => {
  await renderMenu({ style: { blockSize: 60, overflow: 'hidden' } })
  await trigger().click()
  const { left, bottom } = boxOf(menu().element())
  expect(document.elementFromPoint(left + 20, bottom - 20)?.closest('[role=menu]')).toBe(menu().element())
})

it('takes nothing from the key that opened it and is still held', async () => {
  await renderMenu()
  await openBy('{Enter>4/}')
  expect(focused()).toBe('Copy')
  expect(picked).not.toHaveBeenCalled()
})
