import { describe, expect, it } from 'vitest'
import { en, vi } from './all.ts'
import { createFormat } from './format.ts'

describe('the strings', () => {
  it('says everything in Vietnamese too', () => {
    const { file: _file, ...words } = en
    for (const [name, word] of Object.entries(words)) {
      const translated: unknown = vi[name as keyof typeof vi]
      expect(translated, name).toBeDefined()
      expect(translated, name).not.toEqual(word)
    }
  })

  it('tells every error apart from its hint in both languages', () => {
    for (const { errors } of [en, vi]) {
      for (const { title, hint } of Object.values(errors)) {
        expect(title).not.toMatch(/[.!]$/)
        expect(hint).toMatch(/\.$/)
      }
    }
  })

  it('counts in the language that it speaks', () => {
    expect(en.tokens(1)).toBe('1 token')
    expect(en.tokens(1234)).toBe('1,234 tokens')
    expect(vi.tokens(1234)).toBe('1.234 token')
    expect(vi.timeToFirst(320)).toBe('0,3\u00a0giây đến chữ đầu')
  })
})

describe('a duration', () => {
  const { duration } = createFormat('en', { seconds: 's', minutes: 'min' })

  it('is in whole seconds, and never nothing', () => {
    expect(duration(4_100)).toBe('4\u00a0s')
    expect(duration(12)).toBe('1\u00a0s')
  })

  it('has a decimal below ten seconds where it matters', () => {
    expect(duration(20, { precise: true })).toBe('< 0.1\u00a0s')
    expect(duration(320, { precise: true })).toBe('0.3\u00a0s')
    expect(duration(12_320, { precise: true })).toBe('12\u00a0s')
  })

  it('has minutes from a minute on', () => {
    expect(duration(60_000)).toBe('1\u00a0min')
    expect(duration(125_000)).toBe('2\u00a0min 5\u00a0s')
  })
})
