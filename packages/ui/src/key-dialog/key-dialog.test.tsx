// @vitest-environment jsdom
import { openai, openrouter } from '@millrace/core/providers'
import { createFakeProvider } from '@millrace/testing'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { en } from '../strings/all.ts'
import { KeyDialog, type KeyDialogProps } from './key-dialog.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const secret = 'sk-the-right-one'
const right = createFakeProvider({ apiKey: secret, models: ['one', 'two'] }).fetch

function open(props: Partial<KeyDialogProps> = {}) {
  const heard = { onKey: vi.fn(), onClose: vi.fn(), onRemove: vi.fn() }
  render(<KeyDialog providers={[openai]} fetch={right} {...heard} {...props} />)
  return heard
}

const field = () => screen.getByLabelText<HTMLInputElement>(en.keyLabel)
const outcome = () => screen.getByRole('status').textContent

async function check(key: string): Promise<void> {
  fireEvent.input(field(), { target: { value: key } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: en.checkAndUse })))
  await vi.waitFor(() => expect(outcome()).not.toBe(en.checkingKey('OpenAI')))
}

describe('a key', () => {
  it('is taken once the provider has accepted it, and the dialog says so', async () => {
    const { onKey, onClose } = open()
    await check(secret)
    expect(outcome()).toBe(en.keyAccepted(2))
    const kept = { key: secret, place: 'page', provider: 'openai' }
    expect(onKey).toHaveBeenCalledWith(kept, [expect.objectContaining({ id: 'one' }), expect.anything()])
    fireEvent.click(screen.getByRole('button', { name: en.done }))
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('that is rejected is not taken', async () => {
    const { onKey } = open()
    await check('sk-another')
    expect(outcome()).toBe(en.keyRejected('OpenAI'))
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(onKey).not.toHaveBeenCalled()
    expect(screen.queryByRole('button', { name: en.useUnchecked })).toBeNull()
  })

  it('can be used unchecked where nobody could be asked', async () => {
    const { onKey } = open({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    await check(secret)
    expect(outcome()).toBe(en.keyUnreachable('OpenAI'))
    expect(onKey).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('button', { name: en.useUnchecked }))
    expect(onKey).toHaveBeenCalledWith({ key: secret, place: 'page', provider: 'openai' }, undefined)
  })

  it('is missing where there is none', async () => {
    open()
    await check('  ')
    expect(outcome()).toBe(en.keyMissing)
  })

  it('is kept where the reader chose to', async () => {
    const { onKey } = open()
    fireEvent.click(screen.getByRole('radio', { name: new RegExp(en.keyPlaces.tab.name) }))
    await check(secret)
    expect(onKey.mock.lastCall?.[0]).toMatchObject({ place: 'tab' })
  })

  it('is kept where the reader chose last, also while it is checked', async () => {
    const { onKey } = open({ kept: { key: 'sk-old', place: 'browser', provider: 'openai' } })
    fireEvent.input(field(), { target: { value: secret } })
    fireEvent.click(screen.getByRole('button', { name: en.checkAndUse }))
    fireEvent.click(screen.getByRole('radio', { name: new RegExp(en.keyPlaces.page.name) }))
    await vi.waitFor(() => expect(onKey).toHaveBeenCalledOnce())
    expect(onKey.mock.lastCall?.[0]).toMatchObject({ place: 'page' })
  })

  it('is asked of the provider that was chosen', async () => {
    const fetch = vi.fn(right)
    const { onKey } = open({ providers: [openrouter, openai], fetch })
    fireEvent.change(screen.getByLabelText(en.keyProvider), { target: { value: 'openai' } })
    await check(secret)
    expect(String(fetch.mock.lastCall?.[0])).toBe('https://api.openai.com/v1/models')
    expect(onKey.mock.lastCall?.[0]).toMatchObject({ provider: 'openai' })
  })

  it('stands nowhere but in the field, whatever becomes of it', async () => {
    const logs = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
    open()
    await check(secret)
    fireEvent.click(screen.getByRole('button', { name: en.showKey }))
    expect(field().value).toBe(secret)
    expect(document.documentElement.outerHTML).not.toContain(secret)
    for (const log of logs) expect(log).not.toHaveBeenCalled()
  })

  it('is no longer what was checked once it is changed', async () => {
    open()
    await check('sk-another')
    fireEvent.input(field(), { target: { value: secret } })
    expect(outcome()).toBe('')
  })

  it('is shown on demand, and kept from what a browser remembers', () => {
    open()
    expect(field().type).toBe('password')
    expect(field().autocomplete).toBe('off')
    fireEvent.click(screen.getByRole('button', { name: en.showKey }))
    expect(field().type).toBe('text')
    expect(screen.getByRole('button', { name: en.hideKey }).getAttribute('aria-pressed')).toBe('true')
  })

  it('loses the line break that it was copied with', () => {
    open()
    fireEvent.paste(field(), { clipboardData: { getData: () => ` ${secret}\n` } })
    expect(field().value).toBe(secret)
  })

  it('that is kept already can be removed', () => {
    const { onRemove, onClose } = open({ kept: { key: secret, place: 'tab', provider: 'openai' } })
    expect(document.documentElement.outerHTML).not.toContain(secret)
    fireEvent.click(screen.getByRole('button', { name: en.removeKey }))
    expect(onRemove).toHaveBeenCalledOnce()
    expect(onClose).toHaveBeenCalledOnce()
  })
})

it('stops asking when it goes away', async () => {
  const signals: (AbortSignal | null | undefined)[] = []
  const fetch: typeof globalThis.fetch = (_, init) => {
    signals.push(init?.signal)
    return new Promise(() => {})
  }
  open({ fetch })
  fireEvent.input(field(), { target: { value: secret } })
  await act(async () => fireEvent.click(screen.getByRole('button', { name: en.checkAndUse })))
  expect(outcome()).toBe(en.checkingKey('OpenAI'))
  cleanup()
  expect(signals.map((signal) => signal?.aborted)).toEqual([true])
})
