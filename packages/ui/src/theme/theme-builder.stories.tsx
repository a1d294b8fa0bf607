import type { MessageInit } from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, fireEvent, within } from 'storybook/test'
import { StoryChat } from '../test-support/story-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { createTheme, type Theme, ThemeContrastError } from './create-theme.ts'

const messages: readonly MessageInit[] = [
  { role: 'user', content: 'What turns the wheel?' },
  {
    role: 'assistant',
    content:
      'The [weight](https://mill.test) of the water, not its `speed`:\n\n```ts\nconst race = "water" // cold\n```',
    finishReason: 'length',
  },
]

interface ThemeBuilderProps {
  readonly accent: string
  readonly neutral: string
}

/** A theme of these colours, or what is wrong with it. */
function build(options: ThemeBuilderProps): Theme | ThemeContrastError {
  try {
    return createTheme(options)
  } catch (error) {
    if (error instanceof ThemeContrastError) return error
    throw error
  }
}

function ThemeBuilder(initial: ThemeBuilderProps) {
  const [colors, setColors] = useState(initial)
  const theme = build(colors)
  const isRefused = theme instanceof ThemeContrastError
  const field = (name: keyof ThemeBuilderProps, label: string) => (
    <label style={{ display: 'flex', gap: 'var(--mr-space-2)', alignItems: 'center' }}>
      <input
        type="color"
        value={colors[name]}
        style={{ inlineSize: 44, blockSize: 32 }}
        onChange={({ target }) => setColors({ ...colors, [name]: target.value })}
      />
      {label}
    </label>
  )
  return (
    <div style={{ display: 'grid', gap: 'var(--mr-space-5)' }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--mr-space-5)' }}>
        {field('accent', 'Accent')}
        {field('neutral', 'Grey')}
      </div>
      <p
        role="status"
        style={{ margin: 0, whiteSpace: 'pre-line', color: isRefused ? 'var(--mr-color-danger)' : undefined }}
      >
        {isRefused ? theme.message : 'Everything can be read, in light and in dark.'}
      </p>
      {!isRefused && (
        <>
          <div
            style={{
              display: 'grid',
              gridTemplateColumns: 'repeat(auto-fit, minmax(min(20rem, 100%), 1fr))',
              gap: 'var(--mr-space-4)',
            }}
          >
            {(['light', 'dark'] as const).map((scheme) => (
              <div
                key={scheme}
                className="millrace"
                data-theme={scheme}
                style={{ ...theme.style, borderRadius: 16, blockSize: 380 }}
              >
                <StoryChat options={{ messages }}>
                  <Thread style={{ blockSize: '100%' }} />
                </StoryChat>
              </div>
            ))}
          </div>
          <pre style={{ margin: 0, whiteSpace: 'pre-wrap', font: 'var(--mr-font-size-1) / 1.6 var(--mr-font-mono)' }}>
            {theme.toCss()}
          </pre>
        </>
      )}
    </div>
  )
}

/** `createTheme` makes both schemes of a few colours, and refuses what could not be read. */
const meta = {
  title: 'Theme builder',
  component: ThemeBuilder,
  parameters: { layout: 'padded' },
  args: { accent: '#7a1fa2', neutral: '#6b5b73' },
} satisfies Meta<typeof ThemeBuilder>

export default meta

type Story = StoryObj<typeof meta>

export const Readable: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByText(/--mr-color-accent: light-dark\(#7a1fa2, /)).toBeVisible()
  },
}

/** A yellow that cannot be read on white: the message names the nearest that can. */
export const Refused: Story = {
  args: { accent: '#ffd400' },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const status = canvas.getByRole('status')
    await expect(status).toHaveTextContent('accent on page has a contrast of 1.39 in light, and needs 4.5.')
    await expect(status).toHaveTextContent(/The nearest accent that passes is oklch\(0\.5\d+ 0\.1\d+ \d+\)/)
  },
}

export const Mended: Story = {
  args: Refused.args ?? {},
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const status = canvas.getByRole('status')
    await expect(status).toHaveTextContent('accent on page')
    fireEvent.input(canvas.getByLabelText('Accent'), { target: { value: '#7a5b00' } })
    await expect(status).toHaveTextContent('Everything can be read')
  },
}
