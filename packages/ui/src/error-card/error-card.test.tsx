// @vitest-environment jsdom
import { ChatError, type ChatErrorCode, type ChatErrorDetails, createMessage } from '@millrace/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeEnding } from '../message-view/ending.ts'
import { en } from '../strings/all.ts'
import { ErrorCard, type ErrorCardActions } from './error-card.tsx'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const models = [
  { id: 'small', name: 'Small' },
  { id: 'large', name: 'Large' },
]

/** The card of a reply that failed just now. */
function Card({ code, details, ...actions }: { code: ChatErrorCode; details?: ChatErrorDetails } & ErrorCardActions) {
  const error = new ChatError(code, details)
  const reply = createMessage({ role: 'assistant', finishReason: 'error', error })
  const ending = describeEnding(reply, en)
  if (!ending || ending.kind === 'note') throw new Error('That is no failure.')
  return <ErrorCard ending={ending} {...actions} />
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

const countdown = () => document.querySelector('.mr-card-wait')?.textContent

let failures = 0
/** No two tests tell of the same failure. */
const newFailure = () => `failure-${failures++}`

function setOnline(isOnline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  act(() => {
    dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
  })
}

function setVisible(isVisible: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isVisible ? 'visible' : 'hidden')
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'))
  })
}

function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) act(() => vi.advanceTimersByTime(1_000))
}

it('says what happened, and offers nothing for an answer that others have followed', () => {
  render(<Card code="network" />)
  expect(screen.getByText(en.errors.network.title)).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

it.each(['unauthorized', 'forbidden'] as const)('leads from %s to the key', (code) => {
  const onKeyRequest = vi.fn()
  render(<Card code={code} onRetry={() => {}} onKeyRequest={onKeyRequest} />)
  press(en.checkKey)
  expect(onKeyRequest).toHaveBeenCalledOnce()
})

it('tries again where nobody can look at the key', () => {
  const onRetry = vi.fn()
  render(<Card code="unauthorized" onRetry={onRetry} />)
  press(en.tryAgain)
  expect(onRetry).toHaveBeenCalledOnce()
})

it('leads from an empty account to where credit is bought', () => {
  render(<Card code="payment-required" onRetry={() => {}} billingURL="https://provider.test/billing" />)
  const link = screen.getByRole<HTMLAnchorElement>('link', { name: en.addCredit })
  expect(link.href).toBe('https://provider.test/billing')
  expect(link.rel).toBe('noopener noreferrer')
})

it.each(['overloaded', 'model-not-found'] as const)('has another model answer after %s', (code) => {
  const onModel = vi.fn()
  render(<Card code={code} onRetry={() => {}} models={models} onModel={onModel} />)
  fireEvent.change(screen.getByRole('combobox', { name: en.otherModel }), { target: { value: 'large' } })
  expect(onModel).not.toHaveBeenCalled()
  press(en.askModel)
  expect(onModel).toHaveBeenCalledWith('large')
})

it('offers to send less of a thread that is too long, where that was passed in', () => {
  render(<Card code="context-too-long" onRetry={() => {}} shorten={<button type="button">Less</button>} />)
  expect(screen.getByRole('button', { name: 'Less' })).toBeDefined()
  expect(screen.queryByRole('button', { name: en.tryAgain })).toBeNull()
})

it.each([
  'network',
  'cors',
  'content-blocked',
  'bad-request',
  'server-error',
  'connect-timeout',
  'first-token-timeout',
  'not-a-stream',
  'malformed-event',
  'event-too-large',
  'provider-error',
  'tool-failed',
  'tool-loop',
] as const)('asks again after %s', (code) => {
  const onRetry = vi.fn()
  render(<Card code={code} onRetry={onRetry} />)
  press(en.tryAgain)
  expect(onRetry).toHaveBeenCalledOnce()
})

describe('after a rate limit', () => {
  const wait = { retryAfterMs: 3_000 }

  it('counts down, and asks again by itself, once', () => {
    const onRetry = vi.fn()
    render(
      <StrictMode>
        <Card code="rate-limited" details={wait} failureId={newFailure()} onRetry={onRetry} />
      </StrictMode>,
    )
    expect(countdown()).toBe(en.retryIn(3_000))
    pass(2)
    expect(countdown()).toBe(en.retryIn(1_000))
    expect(onRetry).not.toHaveBeenCalled()
    pass(5)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('can be kept from it, and the button that did so keeps the focus', () => {
    const onRetry = vi.fn()
    render(<Card code="rate-limited" details={wait} failureId={newFailure()} onRetry={onRetry} />)
    const button = screen.getByRole('button', { name: en.cancel })
    button.focus()
    fireEvent.click(button)
    expect(document.activeElement?.textContent).toBe(en.retryIn(3_000))
    pass(5)
    expect(onRetry).not.toHaveBeenCalled()
    press(en.tryAgain)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('does not ask while nobody looks, and does when somebody does', () => {
    setVisible(false)
    const onRetry = vi.fn()
    render(<Card code="rate-limited" details={wait} failureId={newFailure()} onRetry={onRetry} />)
    pass(60)
    expect(onRetry).not.toHaveBeenCalled()
    setVisible(true)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('waits for the network as well', () => {
    setOnline(false)
    const onRetry = vi.fn()
    render(<Card code="rate-limited" details={wait} failureId={newFailure()} onRetry={onRetry} />)
    pass(5)
    expect(screen.getByText(en.waitingForNetwork)).toBeDefined()
    expect(onRetry).not.toHaveBeenCalled()
    setOnline(true)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('gives up asking by itself after three waits in a row', () => {
    const failureId = newFailure()
    const onRetry = vi.fn()
    for (let round = 0; round < 4; round++) {
      const { unmount } = render(<Card code="rate-limited" details={wait} failureId={failureId} onRetry={onRetry} />)
      pass(4)
      unmount()
    }
    expect(onRetry).toHaveBeenCalledTimes(3)
  })

  it('is asked in the first of two tabs alone', async () => {
    const held = new Set<string>()
    const request = async (name: string, _: LockOptions, act: (lock: unknown) => Promise<void>) => {
      if (held.has(name)) return act(null)
      held.add(name)
      await act({})
      held.delete(name)
    }
    vi.stubGlobal('navigator', { onLine: true, locks: { request } })
    const onRetry = vi.fn()
    const failureId = newFailure()
    render(<Card code="rate-limited" details={wait} failureId={failureId} onRetry={onRetry} />)
    render(<Card code="rate-limited" details={wait} failureId={failureId} onRetry={onRetry} />)
    pass(4)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('is asked where tabs may not speak to each other', async () => {
    const request = () => Promise.reject(new DOMException('This origin is opaque.', 'SecurityError'))
    vi.stubGlobal('navigator', { onLine: true, locks: { request } })
    const onRetry = vi.fn()
    render(<Card code="rate-limited" details={wait} failureId={newFailure()} onRetry={onRetry} />)
    pass(4)
    await act(async () => {})
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('waits for a person where the wait was over before it was seen', () => {
    const onRetry = vi.fn()
    const failureId = newFailure()
    const { rerender } = render(<Card code="network" failureId={failureId} onRetry={onRetry} />)
    rerender(<Card code="rate-limited" details={{ retryAfterMs: -1 }} failureId={failureId} onRetry={onRetry} />)
    pass(2)
    expect(onRetry).not.toHaveBeenCalled()
    press(en.tryAgain)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('can hold the focus while it only counts', () => {
    render(<Card code="rate-limited" details={wait} onRetry={() => {}} />)
    const button = screen.getByRole('button', { name: en.retryIn(3_000) })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(button.hasAttribute('disabled')).toBe(false)
  })
})

describe('without a network', () => {
  it('waits for it, and then asks again by itself, also where nobody looks', () => {
    setOnline(false)
    const onRetry = vi.fn()
    render(<Card code="offline" failureId={newFailure()} onRetry={onRetry} />)
    expect(screen.getByText(en.waitingForNetwork)).toBeDefined()
    setVisible(false)
    setOnline(true)
    expect(onRetry).toHaveBeenCalledOnce()
  })

  it('can be kept from it', () => {
    setOnline(false)
    const onRetry = vi.fn()
    render(<Card code="offline" failureId={newFailure()} onRetry={onRetry} />)
    press(en.cancel)
    setOnline(true)
    expect(onRetry).not.toHaveBeenCalled()
  })
})
