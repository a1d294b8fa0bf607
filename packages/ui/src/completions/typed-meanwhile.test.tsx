// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { afterEach, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Completions } from './completions.tsx'
import { slashCommands } from './slash-commands.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  cleanup()
})

const triggers = [slashCommands([{ name: 'clear', run: () => {} }])]

it('loses nothing that is typed while something else is about to be rendered', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false)
  let renderAround = (_count: number) => {}
  function Around() {
    const [count, setCount] = useState(0)
    renderAround = setCount
    return (
      <div data-count={count}>
        <Composer>
          <Completions triggers={triggers} />
        </Composer>
      </div>
    )
  }
  render(<Around />, { wrapper: createTestChat().wrapper })
  const field = document.querySelector('textarea') as HTMLTextAreaElement
  // Between two listeners of a key that is really pressed a browser runs what is due at once.
  field.form?.addEventListener('input', () => flushSync(() => {}))
  renderAround(1)
  // As React tells what was typed from what it wrote itself.
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'a')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  await vi.waitFor(() => expect(document.querySelector('[data-count="1"]')).not.toBeNull())
  expect(field.value).toBe('a')
})
