// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { en } from './en.ts'
import { StringsProvider, useStrings } from './strings-provider.tsx'
import { vi } from './vi.ts'

afterEach(cleanup)

function Words() {
  const { send, stop } = useStrings()
  return `${send}, ${stop}`
}

it('keeps the words of the provider above where it names no language', () => {
  render(
    <StringsProvider locale="vi">
      <StringsProvider strings={{ stop: 'Halt' }}>
        <Words />
      </StringsProvider>
    </StringsProvider>,
  )
  expect(screen.getByText(`${vi.send}, Halt`)).toBeDefined()
})

it('speaks English where nobody says otherwise', () => {
  render(
    <StringsProvider>
      <Words />
    </StringsProvider>,
  )
  expect(screen.getByText(`${en.send}, ${en.stop}`)).toBeDefined()
})
