import { expect, it } from 'vitest'
import { ChatError } from './errors.ts'
import { createMessage, type MessageInit } from './message.ts'
import { createThread } from './thread.ts'
import { threadToMarkdown } from './thread-markdown.ts'

const markdown = (...messages: MessageInit[]) => threadToMarkdown(createThread(messages.map(createMessage)))
const reply = (init: Partial<MessageInit>) => markdown({ role: 'assistant', ...init })

it('says who says what, under the title', () => {
  const messages = [
    createMessage({ role: 'user', content: 'Hi' }),
    createMessage({ role: 'assistant', content: 'Hello', model: 'm' }),
  ]
  expect(threadToMarkdown(createThread(messages), { title: 'First\nsteps' })).toBe(
    '# First steps\n\n## User\n\nHi\n\n## Assistant (m)\n\nHello\n',
  )
})

it('quotes what was thought', () => {
  const parts = [{ type: 'reasoning', text: 'One.\n\nTwo.', state: 'done' } as const]
  expect(reply({ parts })).toBe('## Assistant\n\n> **Reasoning**\n>\n> One.\n>\n> Two.\n')
})

it('shows what a tool was asked, and what it returned', () => {
  const call = {
    type: 'tool-call',
    toolCallId: 'c',
    toolName: 'look',
    argumentsText: '{"a":1}',
    input: { a: 1 },
  } as const
  const asked = '## Assistant\n\n**Tool look**\n\n```json\n{\n  "a": 1\n}\n```\n'
  expect(reply({ parts: [{ ...call, state: 'input-available' }] })).toBe(asked)
  expect(reply({ parts: [{ ...call, state: 'output-available', output: 'Rain' }] })).toBe(
    `${asked}\nReturned:\n\n\`\`\`\nRain\n\`\`\`\n`,
  )
  expect(reply({ parts: [{ ...call, state: 'output-error', errorText: 'No.' }] })).toContain('Failed:\n\n```\nNo.')
})

it('fences what holds fences', () => {
  const parts = [{ type: 'data', name: 'note', data: '```js\n```' } as const]
  expect(reply({ parts })).toContain('````\n```js\n```\n````')
})

it('links files and sources, and names files that the thread holds itself', () => {
  const parts = [
    { type: 'file', mediaType: 'image/png', url: 'https://example.com/a.png', name: 'A' },
    { type: 'file', mediaType: 'text/csv', data: 'AAAA', name: 'b.csv' },
    { type: 'text', text: 'So ', state: 'done' },
    { type: 'source', url: 'https://example.com/(x)', title: 'X [1]' },
    { type: 'text', text: 'it is.', state: 'done' },
  ] as const
  expect(reply({ parts })).toBe(
    [
      '## Assistant',
      '![A](<https://example.com/a.png>)',
      'File: b.csv',
      'So it is.',
      'Sources:',
      '- [X \\[1\\]](<https://example.com/(x)>)\n',
    ].join('\n\n'),
  )
})

it('says how a reply ended that did not end by itself', () => {
  expect(reply({ content: 'Hel', finishReason: 'aborted' })).toContain('*Ended: aborted*')
  expect(reply({ content: 'Hel', finishReason: 'error', error: new ChatError('stalled') })).toContain(
    '*Ended: stalled*',
  )
  expect(reply({ content: 'Hello', finishReason: 'stop' })).not.toContain('Ended')
})
