// @vitest-environment jsdom
import { ChatProvider } from '@millrace/hooks'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Composer } from '../composer/composer.tsx'
import { voiceWords } from '../strings/parts/voice.ts'
import { StringsProvider } from '../strings/strings-provider.tsx'
import { FakeRecognition } from '../test-support/fake-recognition.ts'
import { createTestChat, type TestChat } from '../test-support/test-chat.tsx'
import { VoiceInput, type VoiceInputProps } from './voice-input.tsx'

beforeEach(() => vi.stubGlobal('webkitSpeechRecognition', FakeRecognition))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  FakeRecognition.latest = undefined
})

const { en, vi: vietnamese } = voiceWords
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox')
const microphone = () => screen.getByRole('button', { name: /Dictate|Đọc/ })
const isListening = () => microphone().getAttribute('aria-pressed') === 'true'
const type = (value: string) => fireEvent.input(field(), { target: { value } })

const page = ({ store }: Pick<TestChat, 'store'>, props: VoiceInputProps = {}) => (
  <ChatProvider chat={{ store }}>
    <Composer>
      <VoiceInput {...props} />
    </Composer>
  </ChatProvider>
)

function start(): FakeRecognition {
  fireEvent.click(microphone())
  if (!FakeRecognition.latest) throw new Error('Nobody listens.')
  return FakeRecognition.latest
}

const hear = (recognition: FakeRecognition, ...args: Parameters<FakeRecognition['hear']>) =>
  act(() => recognition.hear(...args))

describe('what is said', () => {
  it('is written as it is guessed, and better as it is understood', () => {
    render(page(createTestChat()))
    const recognition = start()
    hear(recognition, 'water')
    expect(field().value).toBe('water')
    hear(recognition, 'what are')
    hear(recognition, 'what are millraces')
    expect(field().value).toBe('what are millraces')
    hear(recognition, ' for', { isNew: true })
    expect(field().value).toBe('what are millraces for')
  })

  it('goes to the cursor, with a space before it', () => {
    render(page(createTestChat()))
    type('Tell me please')
    field().setSelectionRange(7, 7)
    const recognition = start()
    hear(recognition, 'more')
    hear(recognition, 'a story')
    expect(field().value).toBe('Tell me a story please')
  })

  it('leaves what is typed meanwhile', () => {
    render(page(createTestChat()))
    const recognition = start()
    hear(recognition, 'water')
    type('Cold water')
    hear(recognition, 'water runs')
    expect(field().value).toBe('Cold water runs')
    type('Cold rivers')
    hear(recognition, 'fast', { isNew: true })
    expect(field().value).toBe('Cold rivers fast')
  })

  it('leaves the cursor where somebody types', () => {
    render(page(createTestChat()))
    const recognition = start()
    hear(recognition, 'water')
    type('water, a')
    field().setSelectionRange(8, 8)
    hear(recognition, 'waters')
    expect(field().value).toBe('waters, a')
    expect([field().selectionStart, field().selectionEnd]).toEqual([9, 9])
  })

  it('is not looked for in what was written by hand', () => {
    render(page(createTestChat()))
    type('water is ')
    const recognition = start()
    hear(recognition, 'water')
    type('Cold water is water')
    hear(recognition, 'what')
    expect(field().value).toBe('Cold water is what')
  })

  it('is in the language of the page, or the one that is named', () => {
    const chat = createTestChat()
    render(<StringsProvider locale="vi">{page(chat)}</StringsProvider>)
    expect(start().lang).toBe('vi-VN')
    expect(screen.getByRole('button', { name: vietnamese.dictate })).toBeDefined()
    cleanup()
    render(page(chat, { lang: 'fr-CA' }))
    expect(start().lang).toBe('fr-CA')
  })
})

describe('listening', () => {
  it('is said, and ends with another press', () => {
    render(page(createTestChat()))
    expect(isListening()).toBe(false)
    const recognition = start()
    expect(isListening()).toBe(true)
    expect(screen.getByRole('status').textContent).toBe(en.listening)
    fireEvent.click(microphone())
    expect(recognition.state).toBe('ended')
    expect(isListening()).toBe(false)
  })

  it('ends when the message is sent, and what comes after that is not written', () => {
    const { store } = createTestChat()
    render(page({ store }))
    const recognition = start()
    hear(recognition, 'Hello')
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(store.getState().messages[0]?.content).toBe('Hello')
    expect(recognition.state).toBe('ended')
    hear(recognition, 'Hello there')
    expect(field().value).toBe('')
    expect(isListening()).toBe(false)
  })

  it('ends with Escape, which does not stop the answer then', () => {
    const { store } = createTestChat()
    render(page({ store }))
    act(() => void store.sendMessage('First'))
    const recognition = start()
    fireEvent.keyDown(field(), { key: 'Escape' })
    expect(recognition.state).toBe('ended')
    expect(store.getState().status).toBe('submitted')
  })

  it('ends when another chat is shown, and when the composer goes', () => {
    const { rerender, unmount } = render(page(createTestChat({ id: 'one' })))
    const first = start()
    rerender(page(createTestChat({ id: 'two' })))
    expect(first.state).toBe('ended')
    const second = start()
    unmount()
    expect(second.state).toBe('ended')
  })
})

describe('an error', () => {
  it.each([
    ['not-allowed', en.voiceErrors['not-allowed']],
    ['service-not-allowed', en.voiceErrors['not-allowed']],
    ['no-speech', en.voiceErrors['no-speech']],
    ['audio-capture', en.voiceErrors['audio-capture']],
    ['network', en.voiceErrors.network],
    ['language-not-supported', en.voiceErrors['language-not-supported']],
    ['bad-grammar', en.voiceErrors.other],
  ])('%s is said in words, and what was said stays', (code, words) => {
    render(page(createTestChat()))
    const recognition = start()
    hear(recognition, 'Hello')
    act(() => recognition.fail(code))
    expect(screen.getByText(words).getAttribute('role')).toBe('alert')
    expect(field().value).toBe('Hello')
    expect(isListening()).toBe(false)
    start()
    expect(screen.queryByText(words)).toBeNull()
  })
})

it('leaves Escape to others where it could not begin', () => {
  vi.spyOn(FakeRecognition.prototype, 'start').mockImplementation(() => {
    throw new Error('It is in use.')
  })
  const { store } = createTestChat()
  render(page({ store }))
  act(() => void store.sendMessage('First'))
  start()
  expect(screen.getByText(en.voiceErrors.other)).toBeDefined()
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(store.getState().status).toBe('ready')
  vi.restoreAllMocks()
})

describe('the button', () => {
  it('is not there where the browser cannot do it', () => {
    vi.unstubAllGlobals()
    render(page(createTestChat()))
    expect(screen.queryByRole('button', { name: en.dictate })).toBeNull()
  })

  it('is not there before the page runs, so that a server may render it', () => {
    expect(renderToString(page(createTestChat()))).not.toContain(en.dictate)
  })
})
