import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../styles.css'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Suggestion } from './suggestions.tsx'

it('does not look pressed for having come up under a finger', async () => {
  const { wrapper } = createTestChat()
  await render(
    <div className="millrace">
      <Suggestion>What else is there?</Suggestion>
    </div>,
    { wrapper },
  )
  const suggestion = page.getByRole('button')
  const colour = () => getComputedStyle(suggestion.element()).backgroundColor
  const before = colour()
  await suggestion.hover()
  expect(colour()).toBe(before)
})
