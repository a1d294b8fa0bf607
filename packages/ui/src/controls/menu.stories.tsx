import type { Meta, StoryObj } from '@storybook/react-vite'
import { Copy, Pencil, Trash2 } from 'lucide'
import { useState } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'
import { MenuGroup, MenuItem } from './menu-item.tsx'

const sizes = ['Small', 'Large'] as const

function SomeMenu() {
  const [size, setSize] = useState<string>('Small')
  const [isWrapped, setIsWrapped] = useState(true)
  return (
    <div style={{ display: 'flex', justifyContent: 'center', alignItems: 'start', minBlockSize: 340 }}>
      <Menu trigger={(props) => <Button {...props}>Menu</Button>}>
        <MenuItem icon={Copy} onClick={() => {}}>
          Copy
        </MenuItem>
        <MenuItem icon={Pencil} disabled onClick={() => {}}>
          Edit
        </MenuItem>
        <MenuGroup label="Size">
          {sizes.map((each) => (
            <MenuItem key={each} role="menuitemradio" checked={each === size} onClick={() => setSize(each)}>
              {each}
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuGroup>
          <MenuItem checked={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
            Wrap lines
          </MenuItem>
          <MenuItem icon={Trash2} onClick={() => {}}>
            Delete what is old, and what nobody has looked at for a year
          </MenuItem>
        </MenuGroup>
      </Menu>
    </div>
  )
}

/** A menu of the parts: by arrows, Home, End, letters and Escape. */
const meta = {
  title: 'Controls/Menu',
  component: SomeMenu,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof SomeMenu>

export default meta
type Story = StoryObj<typeof meta>

export const Open: Story = {
  async play({ canvasElement }) {
    within(canvasElement).getByRole('button').focus()
    await userEvent.keyboard('{Enter}')
    await expect(within(canvasElement).getByRole('menuitem', { name: 'Copy' })).toHaveFocus()
  },
}
