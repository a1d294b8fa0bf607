import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePartialJson } from './partial-json.ts'

/** What is shown once all of it was pushed. */
function shown(...pieces: readonly string[]): unknown {
  const json = parsePartialJson()
  for (const piece of pieces) json.push(piece)
  return json.value
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a value may have been shown on the way to another: it says less, and nothing else. */
function isPrefix(part: unknown, whole: unknown): boolean {
  if (part === undefined) return true
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part)
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.length <= whole.length && part.every((item, i) => isPrefix(item, whole[i]))
  }
  if (typeof part !== 'object' || part === null) return Object.is(part, whole)
  const keys = Object.keys(part)
  return keys.every((key) => Object.hasOwn(whole as object, key) && isPrefix(at(part, key), at(whole, key)))
}

const at = (value: unknown, key: string) => Object.getOwnPropertyDescriptor(value, key)?.value

/** A text, and where to cut it. */
function cutJson() {
  const json = fc
    .tuple(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'))
    .map(([value, indent]) => JSON.stringify(value, null, indent))
  return fc.tuple(json, fc.array(fc.nat(), { maxLength: 12 })).map(([text, cuts]) => {
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
    return places.slice(1).map((end, i) => text.slice(places[i], end))
  })
}

const runs = { seed: 20261122, numRuns: 1000 }

describe('what is shown of unfinished JSON', () => {
  it.each([
    [' ', undefined],
    ['{', {}],
    ['{"name"', {}],
    ['{"name": "', { name: '' }],
    ['{"name": "An', { name: 'An' }],
    ['{"name": "An", "ag', { name: 'An' }],
    ['[', []],
    ['[1', []],
    ['[1,', [1]],
    ['[1 ', [1]],
    ['[-', []],
    ['[1.', []],
    ['[1e', []],
    ['[1e3]', [1000]],
    ['[tru', []],
    ['[true', [true]],
    ['[null', [null]],
    ['[[], {"a": [{"b": [1, "x', [[], { a: [{ b: [1, 'x'] }] }]],
    ['"', ''],
    ['"open', 'open'],
    ['12', 12],
    ['12.', undefined],
    ['12.5', 12.5],
    ['-', undefined],
    ['tr', undefined],
  ])('%j shows %j', (text, value) => {
    expect(shown(text)).toEqual(value)
    expect(shown(...text)).toEqual(value)
  })

  it('holds back half an escape and half a surrogate pair', () => {
    const json = parsePartialJson()
    const texts = [...String.raw`["a\n\u00e9\ud83d\ude00!"]`].map((character) => {
      json.push(character)
      return (json.value as string[])[0]
    })
    expect([...new Set(texts)]).toEqual([undefined, '', 'a', 'a\n', 'a\né', 'a\né😀', 'a\né😀!'])
  })

  it('joins a surrogate pair that was cut in two, half of it escaped or none', () => {
    expect(shown('["\ud83d')).toEqual([''])
    expect(shown('["\ud83d', '\ude00')).toEqual(['😀'])
    expect(shown(String.raw`["\ud83d`, '\ude00')).toEqual(['😀'])
  })

  it('shows a lonely surrogate once it is sure to stay alone, as JSON.parse does', () => {
    expect(shown(String.raw`["\ud83d`, 'x')).toEqual(['\ud83dx'])
    expect(shown(String.raw`["\ud83d\ud83d\ude00"]`)).toEqual(['\ud83d😀'])
    expect(shown(String.raw`"\ud83d"`)).toEqual('\ud83d')
  })

  it('is the beginning of the final value, after every piece', () => {
    fc.assert(
      fc.property(cutJson(), (pieces) => {
        const json = parsePartialJson()
        const whole: unknown = JSON.parse(pieces.join(''))
        for (const piece of pieces) {
          json.push(piece)
          const isNumberInTheMaking = typeof whole === 'number' && !json.complete
          if (typeof whole !== 'number' || isNumberInTheMaking) expect(isPrefix(json.value, whole)).toBe(true)
        }
        expect(json.value).toEqual(whole)
        expect(json.complete).toBe(true)
      }),
      runs,
    )
  })

  it('does not depend on where the text was cut', () => {
    fc.assert(
      fc.property(cutJson(), fc.nat(), (pieces, end) => {
        const text = pieces.join('').slice(0, end % (pieces.join('').length + 1))
        const json = parsePartialJson()
        for (const character of text) {
          json.push(character)
          json.value
        }
        expect(json.value).toEqual(shown(text))
      }),
      runs,
    )
  })
})

describe('snapshots', () => {
  it('never change once they were read', () => {
    fc.assert(
      fc.property(cutJson(), (pieces) => {
        const json = parsePartialJson()
        const seen = pieces.map((piece) => {
          json.push(piece)
          return [json.value, structuredClone(json.value)]
        })
        for (const [value, copy] of seen) expect(value).toEqual(copy)
      }),
      runs,
    )
  })

  it('are the same object while nothing visible has changed', () => {
    const json = parsePartialJson()
    json.push('{"a": ["x"')
    const before = json.value as { a: unknown }
    json.push('], "ke')
    expect(json.value).toBe(before)
    json.push('y": "')
    expect(json.value).toEqual({ a: ['x'], key: '' })
    expect(json.value).toHaveProperty('a', before.a)
  })

  it('share what did not change', () => {
    const json = parsePartialJson()
    json.push('{"rows": [{"id": 1}, {"id": 2}], "more": [{"deep": [')
    const before = json.value as { rows: object[]; more: object[] }
    json.push('"x')
    const after = json.value as typeof before
    expect(after).not.toBe(before)
    expect(after.rows).toBe(before.rows)
    expect(after.rows[1]).toBe(before.rows[1])
    expect(after.more).not.toBe(before.more)
  })

  it('of a wide array come late by no more than a 32nd of its length in characters', () => {
    const json = parsePartialJson()
    json.push('[')
    for (let i = 0; i < 64_000; i++) {
      json.push('1,')
      json.value
    }
    expect((json.value as unknown[]).length).toBeLessThan(64_000)
    json.push(' '.repeat(64_000 / 32 + 1))
    expect(json.value).toHaveLength(64_000)
  })

  it('are up to date at the end, however wide', () => {
    const json = parsePartialJson()
    json.push('[')
    for (let i = 0; i < 50_000; i++) {
      json.push('1,')
      json.value
    }
    json.push('"cut of')
    json.end()
    expect(json.value).toHaveLength(50_001)
    expect((json.value as unknown[]).at(-1)).toBe('cut of')
    json.push('f')
    expect((json.value as unknown[]).at(-1)).toBe('cut of')
  })

  it('copies no more than the text has paid for', () => {
    const count = (members: number) => {
      const { slice } = Array.prototype
      let copied = 0
      Array.prototype.slice = function counted(...range) {
        copied += this.length
        return slice.apply(this, range)
      }
      const json = parsePartialJson()
      try {
        json.push('[')
        for (let i = 0; i < members; i++) {
          json.push('1,')
          json.value
        }
      } finally {
        Array.prototype.slice = slice
      }
      return copied
    }
    expect(count(80_000)).toBeLessThan(80_000 * 2 * 32 + 1024 ** 2)
    expect(count(160_000) / count(80_000)).toBeLessThan(2.1)
  })
})

describe('keys with a meaning to objects', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s is data', (key) => {
    const text = `{"${key}": {"polluted": true}, "a": "x`
    const value = shown(...text) as object
    expect(Object.keys(value)).toEqual([key, 'a'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.hasOwn({}, 'polluted') || 'polluted' in {}).toBe(false)
    expect(shown(`${text}"}`)).toEqual(JSON.parse(`${text}"}`))
  })

  it('stay data while they are open', () => {
    const value = shown('{"__proto__": {"polluted": tr') as object
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(at(value, '__proto__')).toEqual({})
  })

  it('the last of two equal keys counts, in the place of the first', () => {
    expect(JSON.stringify(shown('{"a": 1, "b": 2, "a": [3]}'))).toBe('{"a":[3],"b":2}')
  })
})

describe('what is no JSON', () => {
  it('is complete whenever JSON.parse would take it, and malformed only when nothing can save it', () => {
    const fragment = fc.constantFrom(...'{}[]:,"\\-+.0159eEtrufalsn \n\u0001'.split(''), '"a"', 'true', '\\u00', '1')
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const json = parsePartialJson()
        let text = ''
        for (const piece of fragments) {
          json.push(piece)
          text += piece
          expect(json.complete).toBe(parses(text))
          if (json.complete) expect(json.malformed).toBe(false)
        }
        if (json.malformed) for (const end of ['"', ']', '}', '0', '"}', ' ']) expect(parses(text + end)).toBe(false)
      }),
      { ...runs, numRuns: 5000 },
    )
  })

  it.each([
    ['{"a": 1, "b": x', { a: 1 }],
    ['[1, 2..3, 4]', [1]],
    ['["abc\n"]', ['abc']],
    ['["a\\x', ['a']],
    ['{"a": "b" "c"}', { a: 'b' }],
    ['[1, ]', [1]],
    ['[1}', [1]],
    ['{"a": [1}', { a: [1] }],
    ['{"a": 1,}', { a: 1 }],
    ['{a: 1}', {}],
    ['{"a": 1} x', { a: 1 }],
    ['truth', undefined],
    ['<html>', undefined],
    ['"text\u0001', 'text'],
  ])('%j keeps %j', (text, value) => {
    for (const pieces of [[text], [...text]]) {
      const json = parsePartialJson()
      for (const piece of pieces) json.push(piece)
      expect(json.value).toEqual(value)
      expect([json.complete, json.malformed]).toEqual([false, true])
      json.push('", "more": 1]}')
      expect(json.value).toEqual(value)
    }
  })

  it('nests no deeper than the limit', () => {
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const json = parsePartialJson()
    json.push(deep(512))
    expect(json.complete).toBe(true)
    const tooDeep = parsePartialJson({ maxDepth: 3 })
    tooDeep.push(deep(4))
    expect([tooDeep.value, tooDeep.malformed]).toEqual([[[[]]], true])
  })
})
