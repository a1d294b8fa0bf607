import { expect, it } from 'vitest'
import { createRedactor, secretsOf } from './redact.ts'

const secret = 'sk-0123456789'
const text = `a sk- ${secret}${secret} sk-01 end`
const blotted = `a sk- ${'*'.repeat(26)} sk-01 end`

function redact(...cut: string[]): string {
  const redactor = createRedactor([secret])
  const bytes = cut.map((piece) => redactor.push(new TextEncoder().encode(piece)))
  return [...bytes, redactor.end()].map((piece) => new TextDecoder().decode(piece)).join('')
}

it('blots a secret out wherever the bytes are cut', () => {
  for (let at = 0; at <= text.length; at++) expect(redact(text.slice(0, at), text.slice(at))).toBe(blotted)
  expect(redact(...text)).toBe(blotted)
})

it('leaves the memory of the sender as it was', () => {
  const bytes = new TextEncoder().encode(text)
  createRedactor([secret]).push(bytes)
  expect(new TextDecoder().decode(bytes)).toBe(text)
})

it('keeps nothing back that is not the beginning of a secret', () => {
  const bytes = new TextEncoder().encode('data: {"content":"tasks"}\n\n')
  expect(createRedactor([secret]).push(bytes)).toEqual(bytes)
})

it('takes the values of headers that carry keys for secrets, but not placeholders', () => {
  const headers = new Headers({ authorization: `Bearer ${secret}`, 'api-key': 'ollama', 'x-title': 'a long title' })
  expect(secretsOf(headers)).toEqual([secret])
})
