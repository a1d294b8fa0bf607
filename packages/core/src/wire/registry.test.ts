import { expect, it } from 'vitest'
import { openaiChat } from './openai-chat.ts'
import { wireFormat } from './registry.ts'
import { text } from './text.ts'
import type { WireFormatName } from './wire-format.ts'

it.each([
  ['openai-chat', openaiChat],
  ['text', text],
] as const)('finds %s by its name', (name, wire) => {
  expect(wireFormat(name)).toBe(wire)
})

it('gives a format back as it is', () => {
  const own = { ...text, name: 'own' }
  expect(wireFormat(own)).toBe(own)
})

it.each(['morse', '', 'constructor', '__proto__'])('refuses the name %j and says which there are', (name) => {
  expect(() => wireFormat(name as WireFormatName)).toThrow(TypeError)
  expect(() => wireFormat(name as WireFormatName)).toThrow('openai-chat')
})
