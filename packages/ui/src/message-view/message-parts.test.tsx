// @vitest-environment jsdom
import { createMessage, type Part } from '@millrace/core'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { en } from '../strings/en.ts'
import { MessageParts } from './message-parts.tsx'

afterEach(cleanup)

const streamed = (...parts: Part[]) => createMessage({ role: 'assistant', status: 'streaming', parts })
const finished = (...parts: Part[]) => createMessage({ role: 'assistant', finishReason: 'stop', parts })

describe('text', () => {
  const text = (role: 'user' | 'assistant', words: string) =>
    createMessage({ role, parts: [{ type: 'text', text: words, state: 'done' }] })

  it('is Markdown where a model wrote it', () => {
    const { container } = render(<MessageParts message={text('assistant', 'a *b*')} />)
    expect(container.querySelector('em')?.textContent).toBe('b')
  })

  it.each(['incomplete', 'length', 'aborted'] as const)(
    'keeps its markup where the reply ended %s in the middle of it',
    (finishReason) => {
      const parts: Part[] = [{ type: 'text', text: 'The **whee', state: 'done' }]
      const { container } = render(<MessageParts message={createMessage({ role: 'assistant', finishReason, parts })} />)
      expect(container.querySelector('strong')?.textContent).toBe('whee')
      expect(container.textContent).toBe('The whee')
    },
  )

  it('keeps its markup also where sources came after it', () => {
    const parts: Part[] = [
      { type: 'text', text: 'The **whee', state: 'done' },
      { type: 'source', url: 'https://example.com/wheels' },
    ]
    const message = createMessage({ role: 'assistant', finishReason: 'length', parts })
    const { container } = render(<MessageParts message={message} />)
    expect(container.querySelector('strong')?.textContent).toBe('whee')
  })

  it('is what the model wrote where it finished by itself', () => {
    const { container } = render(
      <MessageParts message={finished({ type: 'text', text: 'The **whee', state: 'done' })} />,
    )
    expect(container.textContent).toBe('The **whee')
  })

  it('is what it is where the reader wrote it', () => {
    const { container } = render(<MessageParts message={text('user', 'a *b*\nc\n\nd')} />)
    expect([...container.querySelectorAll('p')].map((paragraph) => paragraph.textContent)).toEqual(['a *b*\nc', 'd'])
  })

  it.each(['user', 'assistant'] as const)('never turns into markup where the %s wrote it', (role) => {
    const { container } = render(<MessageParts message={text(role, 'a <img src=x onerror=alert(1)>')} />)
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).toBe('a <img src=x onerror=alert(1)>')
  })
})

describe('reasoning', () => {
  it('shows nothing where a provider keeps the thought to itself', () => {
    const { container } = render(
      <MessageParts message={finished({ type: 'reasoning', text: '', state: 'done', signature: 's' })} />,
    )
    expect(container.textContent).toBe('')
  })

  it('is being thought, and then took a while', () => {
    const thought = { type: 'reasoning', text: 'Hm', state: 'streaming' } as const
    const { rerender } = render(<MessageParts message={streamed(thought)} />)
    expect(screen.getByText(en.thinking)).toBeDefined()
    rerender(<MessageParts message={finished({ ...thought, state: 'done', durationMs: 4_100 })} />)
    expect(screen.getByText(en.thoughtFor(4_100), { normalizer: (text) => text })).toBeDefined()
  })

  it('does not pretend to be going on in a reply that is over', () => {
    render(<MessageParts message={finished({ type: 'reasoning', text: 'Hm', state: 'streaming' })} />)
    expect(screen.getByText(en.thought)).toBeDefined()
  })
})

describe('a tool call', () => {
  const call = { type: 'tool-call', toolCallId: '1', toolName: 'weather', state: 'input-streaming' } as const

  it('shows the end of its input while the model writes it', () => {
    const argumentsText = `{"city":"${'a'.repeat(100)}Hanoi`
    const { container } = render(<MessageParts message={streamed({ ...call, argumentsText })} />)
    expect(container.querySelector('summary code')?.textContent).toMatch(/^….*Hanoi$/)
    expect(screen.getByText(en.toolStates['input-streaming'])).toBeDefined()
  })

  it('was cut short where the reply ended before its input was whole', () => {
    render(<MessageParts message={finished({ ...call, argumentsText: '{"city":"Ha' })} />)
    expect(screen.getByText(en.toolStates.unfinished)).toBeDefined()
  })
})

describe('links and pictures', () => {
  it('leads nowhere but to the web', () => {
    render(
      <MessageParts
        message={finished(
          { type: 'source', url: 'javascript:alert(1)', title: 'Bad' },
          { type: 'source', url: 'https://example.com/page' },
          { type: 'file', mediaType: 'text/html', url: 'data:text/html,<script>', name: 'bad.html' },
        )}
      />,
    )
    expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['https://example.com/page'])
    expect(screen.getByText('Bad')).toBeDefined()
  })

  it('shows a picture that came as bytes', () => {
    render(<MessageParts message={finished({ type: 'file', mediaType: 'image/png', data: 'AAAA', name: 'a.png' })} />)
    expect(screen.getByAltText('a.png').getAttribute('src')).toBe('data:image/png;base64,AAAA')
  })
})
