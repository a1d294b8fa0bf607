// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Profiler } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { completionWords } from '../strings/parts/completions.ts'
import { createTestChat } from '../test-support/test-chat.tsx'
import { Thread } from '../thread/thread.tsx'
import { Completions } from './completions.tsx'
import { type Mention, mentions } from './mentions.ts'
import { slashCommands } from './slash-commands.ts'
import type { Trigger } from './trigger.ts'

afterEach(cleanup)

const { en } = completionWords
const clear = vi.fn()
const commands = slashCommands([
  { name: 'clear', detail: 'Empty this chat', run: clear },
  { name: 'translate', detail: 'Into Vietnamese', insert: 'Translate into Vietnamese: ' },
  { name: 'table', insert: 'Show it as a table.' },
])
const people = mentions({ search: [{ label: 'Anna' }, { label: 'Ánh' }, { label: 'Bob', insert: '[Bob](user:7)' }] })

function renderComposer(triggers: readonly Trigger[] = [commands, people]) {
  const chat = createTestChat()
  render(
    <Composer>
      <Completions triggers={triggers} />
    </Composer>,
    { wrapper: chat.wrapper },
  )
  field().focus()
  return chat
}

const field = () => document.querySelector('textarea') ?? document.createElement('textarea')
const type = (value: string) => fireEvent.input(field(), { target: { value } })
const press = (key: string, init: KeyboardEventInit = {}) => fireEvent.keyDown(field(), { key, ...init })
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent?.trim())
const active = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent?.trim()
const status = () => screen.getByRole('status').textContent

describe('the list', () => {
  it('opens at the sign, with a name, and narrows with each letter', () => {
    renderComposer()
    expect(screen.queryByRole('listbox')).toBeNull()
    type('/')
    expect(screen.getByRole('listbox', { name: en.completions })).toBeDefined()
    expect(options()).toEqual(['/clear Empty this chat', '/translate Into Vietnamese', '/table'])
    type('/t')
    expect(options()).toEqual(['/translate Into Vietnamese', '/table'])
    type('/tx')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('is that of a combobox while it is open, and the field a text area again after that', () => {
    renderComposer()
    expect(field().getAttribute('role')).toBeNull()
    type('@a')
    const combobox = screen.getByRole('combobox')
    expect(combobox).toBe(field())
    expect(combobox.getAttribute('aria-expanded')).toBe('true')
    expect(combobox.getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id)
    expect(active()).toBe('Anna')
    press('Escape')
    for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-activedescendant'])
      expect(field().getAttribute(name), name).toBeNull()
  })

  it('says how many there are', () => {
    renderComposer()
    expect(status()).toBe('')
    type('@')
    expect(status()).toBe(en.completionsFound(3))
    type('@bo')
    expect(status()).toBe(en.completionsFound(1))
  })

  it('opens for what is typed alone, not for what is put into the field', () => {
    const { store } = renderComposer()
    act(() => void store.sendMessage('/'))
    press('ArrowUp')
    expect(field().value).toBe('/')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('offers nothing of another sign while its own is looked for', () => {
    renderComposer([mentions({ search: () => new Promise(() => {}) }), commands])
    type('/t')
    type('@t')
    expect(options()).toEqual([])
    expect(status()).toBe(en.completionsSearching)
  })

  it('closes when the field is left', () => {
    renderComposer()
    type('@')
    fireEvent.blur(field())
    expect(screen.queryByRole('listbox')).toBeNull()
  })
})

describe('up and down', () => {
  it('go through it, and round', () => {
    renderComposer()
    type('@')
    const walk = (...keys: string[]) =>
      keys.map((key) => {
        press(key)
        return active()
      })
    expect(walk('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp')).toEqual([
      'Ánh',
      'Bob',
      'Anna',
      'Bob',
      'Ánh',
    ])
    expect(screen.getByRole('option', { selected: true }).textContent?.trim()).toBe('Ánh')
  })
})

describe('Enter', () => {
  it('writes the one that is marked, with a space behind it, and sends nothing', () => {
    const { store } = renderComposer()
    type('Ask @an')
    press('ArrowDown')
    press('Enter')
    expect(field().value).toBe('Ask @Ánh ')
    expect(field().selectionStart).toBe(9)
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(store.getState().messages).toEqual([])
  })

  it('writes what stands for it', () => {
    renderComposer()
    type('@bo')
    press('Enter')
    expect(field().value).toBe('[Bob](user:7) ')
  })

  it('does what a command does, and takes the command away', async () => {
    const { store } = renderComposer()
    type('Hello /cl')
    press('Enter')
    expect(field().value).toBe('Hello ')
    await waitFor(() => expect(clear).toHaveBeenCalledExactlyOnceWith(store))
  })

  it('sends where there is nothing to choose', () => {
    const { store } = renderComposer()
    type('/nothing')
    press('Enter')
    expect(store.getState().messages[0]?.content).toBe('/nothing')
  })

  it('begins a line with Shift, open list or not', () => {
    renderComposer()
    type('@')
    expect(press('Enter', { shiftKey: true })).toBe(true)
    expect(field().value).toBe('@')
  })

  it('belongs to the input method while it composes, also in Safari', () => {
    renderComposer()
    type('@an')
    press('Enter', { isComposing: true, keyCode: 229 })
    press('Enter', { isComposing: false, keyCode: 229 })
    expect(field().value).toBe('@an')
    press('Enter', { keyCode: 13 })
    expect(field().value).toBe('@Anna ')
  })
})

describe('Tab', () => {
  it('chooses as Enter does, and goes on where nothing is open', () => {
    renderComposer()
    type('@an')
    expect(press('Tab')).toBe(false)
    expect(field().value).toBe('@Anna ')
    expect(press('Tab')).toBe(true)
  })
})

describe('Escape', () => {
  it('closes the list and does nothing else', async () => {
    const { store } = renderComposer()
    act(() => void store.sendMessage('First'))
    type('@')
    press('Escape')
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(store.getState().status).toBe('submitted')
    expect(field().value).toBe('@')
    press('Escape')
    await waitFor(() => expect(store.getState().status).toBe('ready'))
  })

  it('closes it for that word; the next opens another', () => {
    renderComposer()
    type('@')
    press('Escape')
    type('@a')
    expect(screen.queryByRole('listbox')).toBeNull()
    type('@a @')
    expect(screen.getByRole('listbox')).toBeDefined()
  })
})

describe('a mouse or a finger', () => {
  it('chooses, and the field keeps the focus', () => {
    renderComposer()
    type('@')
    const bob = screen.getByRole('option', { name: 'Bob' })
    expect(fireEvent.mouseDown(bob)).toBe(false)
    fireEvent.pointerMove(bob)
    expect(active()).toBe('Bob')
    fireEvent.click(bob)
    expect(field().value).toBe('[Bob](user:7) ')
    expect(document.activeElement).toBe(field())
  })
})

describe('a search', () => {
  function renderSearch() {
    const asked: { query: string; signal: AbortSignal; answer: (found: readonly Mention[] | Error) => void }[] = []
    const search = (query: string, signal: AbortSignal) =>
      new Promise<readonly Mention[]>((resolve, reject) => {
        const answer = (found: readonly Mention[] | Error) => (found instanceof Error ? reject(found) : resolve(found))
        asked.push({ query, signal, answer })
      })
    return { ...renderComposer([mentions({ search })]), asked }
  }

  it('is waited for: Enter does not send meanwhile', async () => {
    const { store, asked } = renderSearch()
    type('@an')
    expect(status()).toBe(en.completionsSearching)
    press('Enter')
    expect(store.getState().messages).toEqual([])
    await act(async () => asked[0]?.answer([{ label: 'Anna' }]))
    expect(options()).toEqual(['Anna'])
    press('Enter')
    expect(field().value).toBe('@Anna ')
  })

  it('holds nobody back who goes on by Tab', () => {
    const { asked } = renderSearch()
    type('@an')
    expect(asked).toHaveLength(1)
    expect(press('Tab')).toBe(true)
  })

  it('is told when other letters are typed, and comes too late then', async () => {
    const { asked } = renderSearch()
    type('@a')
    type('@b')
    expect(asked.map(({ query, signal }) => [query, signal.aborted])).toEqual([
      ['a', true],
      ['b', false],
    ])
    await act(async () => asked[1]?.answer([{ label: 'Bob' }]))
    await act(async () => asked[0]?.answer([{ label: 'Anna' }]))
    expect(options()).toEqual(['Bob'])
  })

  it('that fails says so, and keeps nobody from sending', async () => {
    const { store, asked } = renderSearch()
    type('@a')
    await act(async () => asked[0]?.answer(new Error('down')))
    expect(status()).toBe(en.completionsFailed)
    press('Enter')
    expect(store.getState().messages[0]?.content).toBe('@a')
  })

  it('is given up when the field goes', () => {
    const { asked } = renderSearch()
    type('@a')
    cleanup()
    expect(asked[0]?.signal.aborted).toBe(true)
  })
})

it('renders nothing of the thread while it is gone through', () => {
  const { wrapper } = createTestChat({ messages: [{ role: 'user', content: 'Before' }] })
  const onRender = vi.fn()
  render(
    <>
      <Profiler id="thread" onRender={onRender}>
        <Thread />
      </Profiler>
      <Composer>
        <Completions triggers={[people]} />
      </Composer>
    </>,
    { wrapper },
  )
  onRender.mockClear()
  type('@')
  press('ArrowDown')
  expect(active()).toBe('Ánh')
  expect(onRender).not.toHaveBeenCalled()
})
