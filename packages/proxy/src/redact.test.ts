import { describe, expect, it } from 'vitest'
import { redactError, redactText, secretsOf } from './redact.ts'

const secret = 'sk-0123456789'

it('blots a secret out wherever it stands', () => {
  expect(redactText(`a sk- ${secret}${secret} sk-01 end`, [secret])).toBe('a sk- [redacted][redacted] sk-01 end')
})

it('blots it out as JSON may spell it', () => {
  expect(redactText('{"key":"ab\\/cd+efgh"}', ['ab/cd+efgh'])).toBe('{"key":"[redacted]"}')
})

it('takes the values of headers that carry keys for secrets, but not placeholders', () => {
  const headers = new Headers({ authorization: `Bearer ${secret}`, 'api-key': 'ollama', 'x-title': 'a long title' })
  expect(secretsOf(headers)).toEqual([secret])
})

describe('an error', () => {
  it.each(['sk-proj-abcdefghijklmnop1234', 'gsk_abcdefghijklmnop1234', 'Bearer abcdefghijklmnop.1234'])(
    'loses what looks like a key: %s',
    (key) => {
      expect(redactError(`Wrong: ${key}!`, [])).toBe('Wrong: [redacted]!')
    },
  )

  it('keeps words that only begin like one', () => {
    expect(redactError('The task-oriented sk-model is a desk-bound thing.', [])).toBe(
      'The task-oriented sk-model is a desk-bound thing.',
    )
  })
})
