import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { Chat } from '../chat/chat.tsx'
import { fakeModel } from '../test-support/story-chat.tsx'
import { Completions } from './completions.tsx'
import { mentions } from './mentions.ts'
import { slashCommands } from './slash-commands.ts'

const commands = slashCommands([
  { name: 'clear', detail: 'Empty this chat', run: (chat) => chat.clearMessages() },
  { name: 'again', detail: 'Another answer to the last question', run: (chat) => void chat.regenerate() },
  { name: 'translate', detail: 'Writes the beginning of a request', insert: 'Translate into Vietnamese: ' },
  { name: 'table', detail: 'Asks for a table', insert: 'Show it as a table.' },
])

const files = mentions({
  search: ['mill.md', 'wheel/overshot.ts', 'wheel/undershot.ts', 'sluice.ts'].map((label) => ({ label })),
})

/** Lists that open while one types: `slashCommands` at a `/`, `mentions` at an `@` or any other sign. */
const meta = {
  title: 'Parts/Completions',
  component: Chat,
  subcomponents: { Completions },
  args: { ...fakeModel(), composer: <Completions triggers={[commands, files]} /> },
  // The ARIA practices want a combobox, and HTML's table of roles knows text areas of several lines as nothing else.
  parameters: { a11y: { config: { rules: [{ id: 'aria-allowed-role', selector: ':not(textarea)' }] } } },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

export const Commands: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox'), '/')
    await waitFor(() => expect(canvas.getByRole('listbox', { name: 'Choices' })).toBeVisible())
    await userEvent.keyboard('{ArrowDown}')
    await expect(canvas.getByRole('option', { selected: true })).toHaveTextContent('/again')
  },
}

export const CommandTaken: Story = {
  async play({ canvasElement }) {
    const box = within(canvasElement).getByRole('textbox')
    await userEvent.type(box, '/tr{Enter}')
    await expect(box).toHaveValue('Translate into Vietnamese: ')
  },
}

export const Mentions: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox'), 'Explain @wh')
    await expect(canvas.getAllByRole('option')).toHaveLength(2)
  },
}

/** A server is asked; Enter waits with it. */
export const Searching: Story = {
  args: { composer: <Completions triggers={[mentions({ search: () => new Promise<never>(() => {}) })]} /> },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox'), '@an')
    await waitFor(() => expect(canvas.getByText('Searching', { selector: 'p' })).toBeVisible())
  },
}

export const SearchFailed: Story = {
  args: { composer: <Completions triggers={[mentions({ search: () => Promise.reject(new Error('down')) })]} /> },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox'), '@an')
    await waitFor(() => expect(canvas.getByText('The search did not work.', { selector: 'p' })).toBeVisible())
  },
}
