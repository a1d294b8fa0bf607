import type { ToolCallPart } from '@millrace/core'
import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import '../styles.css'
import { Reasoning } from './reasoning.tsx'
import { ToolCall } from './tool-call.tsx'

afterEach(() => cleanup())

const call: ToolCallPart = {
  type: 'tool-call',
  toolCallId: 'call',
  toolName: 'open_sluice',
  argumentsText: '{}',
  input: {},
  output: 1,
  state: 'output-available',
}

it.each([
  ['ltr', 'none'],
  ['rtl', '180deg'],
] as const)('a chevron points where the text goes, and down once what it hides is shown: %s', async (dir, folded) => {
  await render(
    <div className="millrace" dir={dir}>
      <Reasoning part={{ type: 'reasoning', text: 'The fall is 3 m.', state: 'done' }} isLive={false} />
      <ToolCall part={call} isLive={false} />
    </div>,
  )
  const summaries = [...document.querySelectorAll('summary')]
  expect(summaries).toHaveLength(2)
  for (const summary of summaries) {
    const chevron = [...summary.querySelectorAll('.mr-icon')].find(
      (icon) => getComputedStyle(icon).transitionProperty === 'rotate',
    )
    const rotation = () => (chevron ? getComputedStyle(chevron).rotate : '')
    expect(rotation()).toBe(folded)
    await userEvent.click(page.elementLocator(summary))
    await expect.poll(rotation).toBe('90deg')
  }
})
