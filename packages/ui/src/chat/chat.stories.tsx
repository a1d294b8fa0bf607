import { tool } from '@millrace/hooks'
import { callTool, cite, createDemoProvider, failFirst, reply, think } from '@millrace/testing'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { fakeModel } from '../test-support/story-chat.tsx'
import { Chat } from './chat.tsx'

/** A whole chat in one element: the transcript, and the composer below it. */
const meta = {
  title: 'Chat',
  component: Chat,
  args: fakeModel({ script: 'A millrace carries **fast water** to the wheel. This one carries tokens.' }),
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

async function ask(canvasElement: HTMLElement, text: string) {
  await userEvent.type(within(canvasElement).getByRole('textbox'), `${text}{Enter}`)
}

export const Empty: Story = {}

export const Answering: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await ask(canvasElement, 'What is a millrace?')
    // What was spoken does not stay for long.
    const spoken = canvas.findByText(/Answer complete, 12 words/, {}, { timeout: 5000 })
    await expect(await canvas.findByText('fast water')).toBeVisible()
    await expect(await spoken).toBeInTheDocument()
    await expect(canvas.getByRole('textbox')).toHaveFocus()
  },
}

/** Everything that an answer may bring: a thought, a call of a tool, text and its sources. */
export const Everything: Story = {
  args: fakeModel({
    script: reply(
      think('The reader wants to know how fast water is. I should look it up.'),
      callTool('search', { query: 'speed of water in a millrace' }),
      'Water in a millrace runs at about **one metre a second**.\n\n| Wheel | Speed |\n| --- | --- |\n| Overshot | 0.8 m/s |\n| Undershot | 1.6 m/s |',
      cite('https://example.com/millraces', 'How millraces work'),
    ),
  }),
  async play({ canvasElement }) {
    await ask(canvasElement, 'How fast is it?')
    await expect(await within(canvasElement).findByRole('table')).toBeVisible()
    await expect(await within(canvasElement).findByRole('link', { name: 'How millraces work' })).toBeVisible()
  },
}

/** The first attempt fails. The card says why, and has the one thing to do. */
export const FailedOnce: Story = {
  args: fakeModel({ script: 'Here I am again.', fault: failFirst(1, 'overloaded') }),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await ask(canvasElement, 'Are you there?')
    await userEvent.click(await canvas.findByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByText('Here I am again.')).toBeVisible()
  },
}

export const KeyNotAccepted: Story = {
  args: { ...fakeModel({ apiKey: 'another' }), onKeyRequest: fn() },
  async play({ args, canvasElement }) {
    await ask(canvasElement, 'Let me in')
    await userEvent.click(await within(canvasElement).findByRole('button', { name: 'Check the key' }))
    await expect(args.onKeyRequest).toHaveBeenCalledOnce()
  },
}

/** The connection breaks off in the middle; what came stays, and the answer can be gone on with. */
export const CutOff: Story = {
  args: fakeModel({
    script: ({ messages }) => (messages.length === 1 ? 'The wheel turns, and the stones grind.' : ' And that is all.'),
    fault: ({ messages }) => (messages.length === 1 ? 'close-early' : undefined),
  }),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await ask(canvasElement, 'Tell me of the mill')
    await expect(await canvas.findByText('The answer was cut off')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Continue' }))
    // The announcer speaks it as well.
    await expect(await within(canvas.getByRole('log')).findByText(/And that is all\./)).toBeVisible()
    await waitFor(() => expect(canvas.queryByText('The answer was cut off')).toBeNull())
  },
}

/** A tool that needs approval runs once the reader allows it; then the model goes on. */
export const AsksFirst: Story = {
  args: {
    ...fakeModel({
      script: ({ messages }) =>
        messages.some(({ role }) => role === 'tool')
          ? 'The sluice is open.'
          : reply('I would open it.', callTool('open_sluice', { gate: 'north', height: 0.4 })),
    }),
    tools: { open_sluice: tool({ needsApproval: true, execute: () => 'opened' }) },
  },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await ask(canvasElement, 'Open the sluice')
    await userEvent.click(await canvas.findByRole('button', { name: 'Allow' }))
    await expect(await canvas.findByText('The sluice is open.')).toBeVisible()
  },
}

/** Stopped by Escape. */
export const Stopped: Story = {
  args: fakeModel({ script: 'water '.repeat(400) }),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await ask(canvasElement, 'Say water')
    await canvas.findByText(/water water/)
    await userEvent.keyboard('{Escape}')
    await expect(await canvas.findByText('Stopped')).toBeVisible()
  },
}

export const WithHeaderAndFooter: Story = {
  args: {
    header: <strong style={{ display: 'block', padding: 'var(--mr-space-3) var(--mr-space-4)' }}>The mill</strong>,
    footer: 'Models can be wrong.',
    empty: <p style={{ textAlign: 'center' }}>Ask the miller.</p>,
  },
}

/** Half as wide as a phone held upright. */
export const Narrow: Story = {
  args: {
    messages: [
      { role: 'user', content: 'What does the miller do all day, if I may ask?' },
      { role: 'assistant', content: 'He listens to the `stones`. When they run dry, he stops the wheel.' },
    ],
    style: { inlineSize: '20rem' },
  },
}

const demo = createDemoProvider({})

/** Answered by the persona of `npm start`: ask for `help`. */
export const Demo: Story = { args: { ...fakeModel(), fetch: demo.fetch } }
